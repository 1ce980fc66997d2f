using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Build.Bench;

/// <summary>A service and its tests, generated in the shape of real ones: per feature a controller, endpoints, a service on EF, an HTTP client, a worker, contracts and wiring.</summary>
sealed record ServiceSolution(string Root, int Features)
{
    /// <summary>The features of a service of size 1×: about 100 files and 10,000 lines.</summary>
    public const int FeaturesOfOne = 14;

    const int TestFilesPerFeature = 4;

    static readonly string[] Names = ["Order", "Parcel", "Invoice", "Refund", "Supplier", "Coupon", "Ticket", "Voucher", "Basket", "Review", "Shipment", "Subscription", "Contract", "Payment"];

    public string Service => Path.Combine(Root, "src", "Shop", "Shop.csproj");

    public string Tests => Path.Combine(Root, "tests", "Shop.Tests", "Shop.Tests.csproj");

    public int Files { get; private set; }

    public int Lines { get; private set; }

    /// <param name="peer">An analyzer package that its projects use.</param>
    public static async Task<ServiceSolution> CreateAsync(string root, int size, Peer? peer = null)
    {
        var solution = new ServiceSolution(root, size * FeaturesOfOne);
        var features = Enumerable.Range(0, solution.Features).Select(Name).ToList();
        solution.Write(".editorconfig", "root = true\n");
        solution.Write("Directory.Build.props", "<Project />");
        solution.Write("Directory.Build.targets", $"<Project><ItemGroup>{peer?.Reference}</ItemGroup></Project>");
        solution.Write("Directory.Packages.props", "<Project />");
        solution.Write(".gitignore", "bin/\nobj/\n");
        solution.Write("README.md", "# Shop\n\nSells things.\n");
        solution.Write("CODEOWNERS", "* @shop/backend\n");
        solution.Write("src/Shop/entity.datadog.yaml", "apiVersion: v3\nkind: service\nmetadata:\n  name: shop\n  owner: backend\n  links:\n    - name: Runbook\n      type: runbook\n      url: https://example.com/runbook\n");
        solution.Write("src/Shop/appsettings.json", "{ \"Logging\": { \"LogLevel\": { \"Default\": \"Information\" } }, \"ConnectionStrings\": { \"Shop\": \"Data Source=shop.db\" } }\n");
        solution.Write("src/Shop/Shop.csproj", """
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Microsoft.EntityFrameworkCore.Sqlite" Version="10.0.11" />
                <PackageReference Include="OpenTelemetry.Exporter.OpenTelemetryProtocol" Version="1.15.3" />
              </ItemGroup>
            </Project>
            """);
        solution.Write("tests/Shop.Tests/Shop.Tests.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.0.1" />
                <PackageReference Include="xunit" Version="2.9.3" />
                <ProjectReference Include="../../src/Shop/Shop.csproj" />
              </ItemGroup>
            </Project>
            """);
        solution.Write("src/Shop/Program.cs", Template("Program").Replace("// MODULES", string.Concat(features.Select(name => $"builder.Services.Add{name}s(builder.Configuration);\n")), StringComparison.Ordinal)
            .Replace("// ROUTES", string.Concat(features.Select(name => $"app.Map{name}Lines();\n")), StringComparison.Ordinal)
            .Replace("// SPACES", string.Concat(features.Select(name => $"using Shop.{name}s;\n")), StringComparison.Ordinal));
        solution.Write("src/Shop/ShopContext.cs", Template("ShopContext"));
        foreach (var name in features)
        {
            foreach (var part in (string[])["Client", "Contracts", "Controller", "Endpoints", "Entity", "Module", "Service", "Worker"])
                solution.Write($"src/Shop/{name}s/{name}{part}.cs", Named(Template(part), name));
            for (var test = 1; test <= TestFilesPerFeature; test++)
                solution.Write($"tests/Shop.Tests/{name}s/{name}Tests{test}.cs", Named(Template("Tests").Replace("OrderTests", $"OrderTests{test}", StringComparison.Ordinal), name));
        }

        await GitRepository.CommitAsync(root);
        return solution;
    }

    static string Name(int feature) => Names[feature % Names.Length] + (feature < Names.Length ? "" : (feature / Names.Length).ToString(CultureInfo.InvariantCulture) + "x");

    static string Named(string template, string name) =>
        Regex.Replace(template, "(?<first>[Oo])rder(?!By|by)", match => match.Groups["first"].Value == "O" ? name : char.ToLowerInvariant(name[0]) + name[1..], RegexOptions.CultureInvariant);

    static string Template(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Bench.{name}.cs.txt") ?? throw new InvalidOperationException($"there is no template {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    void Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        if (!path.StartsWith("src/", StringComparison.Ordinal) || !path.EndsWith(".cs", StringComparison.Ordinal))
            return;
        Files++;
        Lines += text.Count(c => c == '\n');
    }
}
