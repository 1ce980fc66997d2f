using ScorecardBuildTasks.Rules.Ownership;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Ownership;

public sealed class SCORE1008OpenApiIsWiredFixTests
{
    const string Program = """
        var builder = WebApplication.CreateBuilder(args);
        var app = builder.Build();
        app.MapGet("/orders", () => "");
        app.Run();
        """;

    const string Wired = """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddOpenApi();
        var app = builder.Build();
        app.MapOpenApi();
        app.MapGet("/orders", () => "");
        app.Run();
        """;

    [Fact]
    public async Task DocumentIsRegisteredAndMapped()
    {
        var repaired = await FixTest.FixAsync<SCORE1008OpenApiIsWired>(TestProject.Service(Program));
        Assert.Equal(Wired, repaired!.Sources[0].Code);
        await RuleTest.PassesAsync<SCORE1008OpenApiIsWired>(repaired);
    }

    [Fact]
    public async Task RegisteredDocumentIsMapped()
    {
        var registered = TestProject.Service(Program.Replace("var app", "builder.Services.AddOpenApi();\nvar app"));
        Assert.Equal("Map the OpenAPI document", await FixTest.TitleAsync<SCORE1008OpenApiIsWired>(registered));
        Assert.Equal(Wired, (await FixTest.FixAsync<SCORE1008OpenApiIsWired>(registered))!.Sources[0].Code);
    }

    [Fact]
    public async Task NamesAreWrittenAsTheyAre()
    {
        var repaired = await FixTest.FixAsync<SCORE1008OpenApiIsWired>(TestProject.Service(Program.Replace("builder", "@new").Replace("app", "@this")));
        Assert.Equal(Wired.Replace("builder", "@new").Replace("app", "@this"), repaired!.Sources[0].Code);
        await RuleTest.PassesAsync<SCORE1008OpenApiIsWired>(repaired);
    }

    [Fact]
    public async Task MainMethodKeepsItsIndentation() => Assert.Contains("""
                    builder.Services.AddOpenApi();
                    var app = builder.Build();
                    app.MapOpenApi();
                    app.MapGet
            """.Trim(),
        (await FixTest.FixAllAsync<SCORE1008OpenApiIsWired>(TestProject.Service("""
            static class Program
            {
                static void Main(string[] args)
                {
                    var builder = WebApplication.CreateBuilder(args);
                    var app = builder.Build();
                    app.MapGet("/orders", () => "");
                    app.Run();
                }
            }
            """))).Sources[0].Code, StringComparison.Ordinal);

    [Fact]
    public async Task NothingIsOfferedWithoutThePackage()
    {
        var service = TestProject.Service(Program);
        Assert.Null(await FixTest.FixAsync<SCORE1008OpenApiIsWired>(service with { References = [.. service.References.Where(r => r != Stub.OpenApi)] }));
    }

    [Fact]
    public async Task NothingIsOfferedWhereTheApplicationIsBuiltOtherwise() =>
        Assert.Null(await FixTest.FixAsync<SCORE1008OpenApiIsWired>(TestProject.Service("WebApplication.CreateBuilder(args).Build().MapGet(\"/orders\", () => \"\");")));
}
