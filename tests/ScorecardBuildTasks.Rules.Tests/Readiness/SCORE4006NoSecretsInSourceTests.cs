using System.Text.Json;
using Microsoft.CodeAnalysis;
using ScorecardBuildTasks.Rules.Readiness;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Readiness;

/// <summary>The secrets are put together here at run time, so that no scanner finds one in this repository; none of them opens anything.</summary>
public sealed class SCORE4006NoSecretsInSourceTests
{
    const string Letters = "q7RkZ2mXvB9tLwY4sHcD8nPj3GfK6aTzU5eNhV1oQyMxWbJrCiSdEgFpAl0u";

    static readonly Dictionary<string, string> Keys = new()
    {
        ["an AWS access key (AKIA…)"] = "AK" + "IA" + "Q7RKZ2MXVB5TLWY4",
        ["a temporary AWS access key (ASIA…)"] = "AS" + "IA" + "Q7RKZ2MXVB5TLWY4",
        ["a GitHub token (ghp_…)"] = "gh" + "p_" + Letters[..36],
        ["a GitHub token (ghs_…)"] = "gh" + "s_" + Letters[..36],
        ["a GitHub token (github_pat_…)"] = "github" + "_pat_" + Letters[..22] + "_" + Letters[..59],
        ["a GitLab token (glpat-…)"] = "gl" + "pat-" + Letters[..20],
        ["a Slack token (xox…)"] = "xo" + "xb-" + "123456789012-123456789012-" + Letters[..24],
        ["a Slack webhook"] = "https://hooks.slack" + ".com/services/" + "T12AB34CD/B12AB34CD/" + Letters[..24],
        ["a Stripe live key (sk_live_…)"] = "sk_" + "live_" + Letters[..24],
        ["a Google API key (AIza…)"] = "AI" + "za" + Letters[..35],
        ["a SendGrid key (SG.…)"] = "S" + "G." + Letters[..22] + "." + Letters[..43],
        ["an npm token (npm_…)"] = "np" + "m_" + Letters[..36],
        ["an Azure account key (AccountKey=…)"] = "DefaultEndpointsProtocol=https;AccountName=orders;Account" + "Key=" + (Letters + Letters)[..86] + "==;EndpointSuffix=core.windows.net",
        ["an Azure shared access key (SharedAccessKey=…)"] = "Endpoint=sb://orders.servicebus.windows.net/;SharedAccessKeyName=root;SharedAccess" + "Key=" + Letters[..43] + "=",
        ["a private key"] = "-----BEGIN RSA PRIVATE" + " KEY-----\n" + Letters + "\n-----END RSA PRIVATE" + " KEY-----",
    };

    public static TheoryData<string> Kinds => [.. Keys.Keys];

    [Theory, MemberData(nameof(Kinds))]
    public async Task KeyInCodeFails(string kind)
    {
        var found = await RuleTest.FailsAsync<SCORE4006NoSecretsInSource>(Service($"[|{JsonSerializer.Serialize(Keys[kind])}|]"));

        Assert.Equal($"'Program.cs' holds {kind}: whoever can read the repository, or ever could, can use it (blocks level 1 of 'Production Readiness')", Assert.Single(found).GetMessage());
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task KeyInAppSettingsFails(string kind)
    {
        var found = Assert.Single(await AnalyzeAsync("appsettings.Development.json", Keys[kind]));

        Assert.StartsWith($"'appsettings.Development.json' holds {kind}:", found.GetMessage(), StringComparison.Ordinal);
        Assert.Equal($"{TestProject.Folder}/appsettings.Development.json", found.Location.GetLineSpan().Path);
        Assert.Equal(2, found.Location.GetLineSpan().StartLinePosition.Line);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task FindingNeverHoldsTheSecret(string kind)
    {
        var secret = Keys[kind];
        foreach (var found in (await RuleTest.AnalyzeAsync(Service(JsonSerializer.Serialize(secret)), new SCORE4006NoSecretsInSource())).Concat(await AnalyzeAsync("appsettings.json", secret)))
        {
            var said = found.GetMessage() + string.Join(' ', found.Properties.Values);
            Assert.DoesNotContain(Enumerable.Range(0, Letters.Length - 6).Select(i => Letters.Substring(i, 6)).Append("Q7RKZ2").Append("12AB34"), part => said.Contains(part, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("[|\"Server=db.acme.io;Database=o;User Id=checkout;Password=moonlight9\"|]", "the password of a connection string to 'db.acme.io'")]
    [InlineData("[|\"Host=db;Username=checkout; Pwd = 'moonlight9'\"|]", "the password of a connection string to 'db'")]
    [InlineData("[|\"Data Source=orders;User Id=checkout;Password=bypass77x\"|]", "the password of a connection string to 'orders'")]
    [InlineData("[|\"postgres://app:passepartout@db:5432/app\"|]", "the password of a connection string to 'db'")]
    [InlineData("[|\"cache.acme.io:6379,password=moonlight9,ssl=True\"|]", "the password of a connection string to 'cache.acme.io:6379'")]
    [InlineData("[|\"amqp://checkout:moonlight9@mq.acme.io:5672/\"|]", "the password of a connection string to 'mq.acme.io'")]
    [InlineData("[|@\"Server=tcp:db.acme.io,1433;Uid=checkout;Password=moonlight9;\"|]", "the password of a connection string to 'tcp:db.acme.io,1433'")]
    [InlineData("\"Server=db.acme.io;User Id=checkout;\" + [|\"Password=moonlight9\"|]", "the password of a connection string to 'db.acme.io'")]
    [InlineData("[|$\"Server={Environment.MachineName}.acme.io;Password=moonlight9;Database=o\"|]", null)]
    public async Task PasswordFails(string value, string? what)
    {
        // A host that is known at run time only may be one's own machine.
        if (what is null)
            await RuleTest.PassesAsync<SCORE4006NoSecretsInSource>(Service(value.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal)));
        else
            await RuleTest.FailsAsync<SCORE4006NoSecretsInSource>(Service(value), $"'Program.cs' holds {what}: whoever can read the repository, or ever could, can use it (blocks level 1 of 'Production Readiness')");
    }

    [Theory]
    [InlineData("\"Server=localhost;User Id=checkout;Password=moonlight9\"")]
    [InlineData("@\"Server=.\\SQLEXPRESS;User Id=checkout;Password=moonlight9\"")]
    [InlineData("\"Server=127.0.0.1,1433;User Id=checkout;Password=moonlight9\"")]
    [InlineData("\"Server=db.acme.io;User Id=checkout;Password=\"")]
    [InlineData("\"Server=db.acme.io;User Id=checkout;Password={0}\"")]
    [InlineData("\"Server=db.acme.io;User Id=checkout;Password=<password>\"")]
    [InlineData("\"Server=db.acme.io;User Id=checkout;Password=${DB_PASSWORD}\"")]
    [InlineData("\"Server=db.acme.io;User Id=checkout;Password=********\"")]
    [InlineData("\"Server=db.acme.io;User Id=checkout;Password=yourStrong(!)Word\"")]
    [InlineData("\"Server=db.acme.io;User Id=checkout;Password=\" + Environment.MachineName")]
    [InlineData("$\"Server=db.acme.io;User Id=checkout;Password={Environment.MachineName}\"")]
    [InlineData("\"Server=myServer;Database=myDb;User Id=me;Password=myPass\"")]
    [InlineData("\"Server=myServer;Database=myDb;User Id=me;Password=myPassword\"")]
    [InlineData("\"Server=db.acme.io;User Id=me;Password=pass\"")]
    [InlineData("\"Server=db.acme.io;User Id=me;Password=passwd\"")]
    [InlineData("\"Server=db.acme.io;User Id=me;Password=password1\"")]
    [InlineData("\"Server=db.acme.io;User Id=me;Password=***\"")]
    [InlineData("\"postgres://user:pass@db:5432/app\"")]
    [InlineData("\"postgres://user:secret@db:5432/app\"")]
    [InlineData("\"amqp://guest:guest@mq.acme.io\"")]
    [InlineData("\"amqp://mq.acme.io:5672\"")]
    [InlineData("\"https://acme.io/users?password=moonlight9\"")]
    [InlineData("\"the password = moonlight9, said the mouse\"")]
    [InlineData("\"grant_type=password&username=a&password=moonlight9\"")]
    [InlineData("\"grant_type=password;username=alice;password=moonlight9\"")]
    [InlineData("\"User Id=checkout;Password=moonlight9\"")]
    [InlineData("\"Password=moonlight9\"")]
    [InlineData("\"-----BEGIN PRIVATE \" + \"KEY-----\"")]
    public Task WhatOpensNothingPasses(string value) => RuleTest.PassesAsync<SCORE4006NoSecretsInSource>(Service(value));

    [Fact]
    public Task ExampleKeyPasses() => RuleTest.PassesAsync<SCORE4006NoSecretsInSource>(Service("\"" + "AK" + "IAIOSFODNN7EXAMPLE" + " " + "gh" + "p_" + new string('x', 36) + " sk_" + "test_" + Letters[..24] + "\""));

    [Fact]
    public Task KeyOfAnEmulatorPasses() => RuleTest.PassesAsync<SCORE4006NoSecretsInSource>(
        Service("\"AccountName=devstoreaccount1;Account" + "Key=" + "Eby8vd" + "M02xNO" + (Letters + Letters)[..74] + "==\""));

    [Fact]
    public Task CommentAndNameAreNoStrings() => RuleTest.PassesAsync<SCORE4006NoSecretsInSource>(Service("\"\"; // Server=db.acme.io;Password=moonlight9 and " + Keys["an AWS access key (AKIA…)"] + "\nstring " + Keys["an AWS access key (AKIA…)"] + " = \"\""));

    [Theory]
    [InlineData("appsettings.json", "Server=sqldata;User Id=sa;Password=moonlight9", true)]
    [InlineData("appsettings.Development.json", "Server=sqldata;User Id=sa;Password=moonlight9", false)]
    [InlineData("appsettings.Development.json", "Server=db.acme.io;User Id=sa;Password=moonlight9", true)]
    [InlineData("appsettings.json", "Server=localhost;User Id=sa;Password=moonlight9", false)]
    [InlineData("appsettings.json", "Server=db.acme.io;User Id=sa;Password=", false)]
    [InlineData("appsettings.json", "Server=db.acme.io;User Id=sa;Password=moon\"light9", true)]
    public async Task ConnectionStringInAppSettings(string file, string value, bool fails) => Assert.Equal(fails, (await AnalyzeAsync(file, value)).Count > 0);

    [Theory]
    [InlineData("\"Host\": \"mq\", \"Username\": \"checkout\",\n\"Password\": \"moonlight9\"", "mq")]
    [InlineData("\"Ports\": [ 1, { \"a\": \"b\" } ],\n\"PASSWORD\": \"moonlight9\", \"hostname\": \"mq.acme.io\"", "mq.acme.io")]
    [InlineData("\"Server\": \"smtp.acme.io:587\", // as \"Password\"\n\"Pwd\": \"moonlight9\"", "smtp.acme.io:587")]
    [InlineData("\"Url\": \"https://search.acme.io:9200/orders\",\n\"Password\": \"moonlight9\"", "search.acme.io:9200")]
    public async Task PasswordAndHostAreAConnectionSpreadOverKeys(string members, string host)
    {
        var found = Assert.Single(await SettingsAsync("appsettings.Production.json", members));

        Assert.Equal($"'appsettings.Production.json' holds the password of a connection to '{host}': whoever can read the repository, or ever could, can use it (blocks level 1 of 'Production Readiness')", found.GetMessage());
        Assert.Equal(2, found.Location.GetLineSpan().StartLinePosition.Line);
    }

    [Theory]
    [InlineData("\"Host\": \"localhost\", \"Username\": \"checkout\", \"Password\": \"moonlight9\"")]
    [InlineData("\"Url\": \"https://localhost:9200\", \"Password\": \"moonlight9\"")]
    [InlineData("\"Url\": \"https://*:443\", \"Password\": \"moonlight9\"")]
    [InlineData("\"Url\": \"https://orders.acme.io\", \"Certificate\": { \"Path\": \"orders.pfx\", \"Password\": \"moonlight9\" }")]
    [InlineData("\"Host\": \"mq.acme.io\", \"Username\": \"guest9\", \"Password\": \"guest9\"")]
    [InlineData("\"Host\": \"mq.acme.io\", \"Password\": \"\"")]
    [InlineData("\"Host\": \"mq.acme.io\", \"Password\": null")]
    [InlineData("\"Host\": \"mq.acme.io\", \"Password\": \"${MQ_PASSWORD}\"")]
    [InlineData("\"Host\": \"mq.acme.io\", \"Password\": { \"Least\": \"moonlight9\" }")]
    [InlineData("\"Host\": \"mq.acme.io\", \"Password\": [ \"moonlight9\" ]")]
    [InlineData("\"Host\": \"mq.acme.io\", \"PasswordPolicy\": \"moonlight9\"")]
    [InlineData("\"Host\": \"mq.acme.io\", \"Hint\": \"Password\", \"Word\": \"moonlight9\"")]
    [InlineData("\"Host\": null, \"Password\": \"moonlight9\"")]
    [InlineData("\"Address\": \"12 Main Street\", \"Password\": \"moonlight9\"")]
    [InlineData("\"A\": { \"Host\": \"mq.acme.io\" }, \"B\": { \"Password\": \"moonlight9\" }")]
    [InlineData("\"Host\": \"mq.acme.io\" } , { \"Password\": \"moonlight9\"")]
    public async Task KeysThatAreNoConnectionPass(string members) => Assert.Empty(await SettingsAsync("appsettings.Production.json", members));

    [Theory]
    [InlineData("mq", false)]
    [InlineData("mq.acme.io", true)]
    public async Task HostOfAContainerPassesInDevelopment(string host, bool fails) =>
        Assert.Equal(fails, (await SettingsAsync("appsettings.Development.json", $"\"Host\": \"{host}\", \"Password\": \"moonlight9\"")).Count > 0);

    [Fact]
    public async Task KnownKeyIsNotFoundTwice() =>
        Assert.Contains("(ghp_…)", Assert.Single(await SettingsAsync("appsettings.json", $"\"Host\": \"git.acme.io\", \"Password\": \"{Keys["a GitHub token (ghp_…)"]}\"")).GetMessage(), StringComparison.Ordinal);

    [Fact]
    public async Task CommentInAppSettingsIsNoString()
    {
        var project = Service("\"\"").WithFile($"{TestProject.Folder}/appsettings.json", "appsettings", """
            {
              // "it's a quote: Server=db.acme.io;User Id=sa;Password=moonlight9
              /* " */
              "Orders": "Server=db.acme.io;User Id=sa;Password=moonlight9"
            }
            """);
        Assert.Equal(3, Assert.Single(await RuleTest.AnalyzeAsync(project, new SCORE4006NoSecretsInSource())).Location.GetLineSpan().StartLinePosition.Line);
    }

    [Theory]
    [InlineData("sign.jwk", "{ \"kty\": \"RSA\", \"e\": \"AQAB\",\n \"d\": \"<key>\", \"n\": \"<key>\" }", 0)]
    [InlineData("sign.jwk", "{ \"AdditionalData\": {},\n\"D\": \"<key>\",\n\"Kty\": \"EC\" }", 2)]
    [InlineData("keys.jwk", "{ \"keys\": [\n{ \"kty\": \"OKP\", \"d\": \"<key>\" }] }", 1)]
    [InlineData("sign.pem", "Bag Attributes\n-----BEGIN PRIVATE <word>-----\n<key>\n-----END PRIVATE <word>-----", 1)]
    [InlineData("sign.key", "-----BEGIN EC PRIVATE <word>-----\n<key>\n-----END EC PRIVATE <word>-----", 0)]
    public async Task PrivateKeyThatIsShippedFails(string file, string text, int line)
    {
        var found = Assert.Single(await KeyFileAsync(file, text));
        Assert.StartsWith($"'{file}' holds a private key", found.GetMessage(), StringComparison.Ordinal);
        Assert.DoesNotContain(Letters[..6], found.GetMessage(), StringComparison.Ordinal);
        Assert.Equal(line, found.Location.GetLineSpan().StartLinePosition.Line);
    }

    [Theory]
    [InlineData("sign.jwk", "{ \"kty\": \"RSA\", \"e\": \"AQAB\", \"n\": \"<key>\", \"kid\": \"<key>\" }")]
    [InlineData("sign.jwk", "{ \"Kty\": \"RSA\", \"D\": null, \"N\": \"<key>\" }")]
    [InlineData("sign.jwk", "{ \"d\": \"<key>\" }")]
    [InlineData("sign.pem", "-----BEGIN CERTIFICATE-----\n<key>\n-----END CERTIFICATE-----")]
    [InlineData("sign.pem", "-----BEGIN PUBLIC <word>-----\n<key>\n-----END PUBLIC <word>-----")]
    [InlineData("sign.key", "-----BEGIN ENCRYPTED PRIVATE <word>-----\n<key>\n-----END ENCRYPTED PRIVATE <word>-----")]
    public async Task KeyThatIsNotPrivatePasses(string file, string text) => Assert.Empty(await KeyFileAsync(file, text));

    [Fact]
    public async Task OtherFilesAreNotRead() =>
        Assert.Empty(await RuleTest.AnalyzeAsync(Service("\"\"").WithFile($"{TestProject.Folder}/README.md", "readme", "\"Server=db.acme.io;User Id=sa;Password=moonlight9\""), new SCORE4006NoSecretsInSource()));

    [Fact]
    public Task LibraryIsJudged() => RuleTest.FailsAsync<SCORE4006NoSecretsInSource>(
        TestProject.Library("Acme", "public class Orders { public const string Store = [|\"Server=db.acme.io;User Id=sa;Password=moonlight9\"|]; }"));

    [Fact]
    public Task GeneratedCodeIsNobodysToMend() => RuleTest.PassesAsync<SCORE4006NoSecretsInSource>(
        Service("\"\"").WithSource("Store.g.cs", "class Store { const string Text = \"Server=db.acme.io;User Id=sa;Password=moonlight9\"; }"));

    static async Task<IReadOnlyList<Diagnostic>> AnalyzeAsync(string file, string value) =>
        await RuleTest.AnalyzeAsync(Service("\"\"").WithFile($"{TestProject.Folder}/{file}", "appsettings", $"{{\n  \"Path\": \"c:\\\\n\",\n  \"Orders\": {JsonSerializer.Serialize(value)}\n}}"), new SCORE4006NoSecretsInSource());

    /// <summary>The members stand on the second line, each in an object of an array.</summary>
    static async Task<IReadOnlyList<Diagnostic>> SettingsAsync(string file, string members) =>
        await RuleTest.AnalyzeAsync(Service("\"\"").WithFile($"{TestProject.Folder}/{file}", "appsettings", $"{{ \"Queues\": [\n{{ {members} }}\n] }}"), new SCORE4006NoSecretsInSource());

    static async Task<IReadOnlyList<Diagnostic>> KeyFileAsync(string file, string text) => await RuleTest.AnalyzeAsync(
        Service("\"\"").WithFile($"{TestProject.Folder}/{file}", "key-file", text.Replace("<key>", Letters, StringComparison.Ordinal).Replace("<word>", "KEY", StringComparison.Ordinal)), new SCORE4006NoSecretsInSource());

    static TestProject Service(string value) => TestProject.Service($$"""
        WebApplication.CreateBuilder(args).Build().Run();

        class Orders
        {
            readonly string store = {{value}};
        }
        """);
}
