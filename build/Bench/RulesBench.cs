using System.Globalization;

namespace Build.Bench;

/// <summary>What the rules cost the compiler: their own time beside that of the peers in the same compilation, and the compiler's processor time with and without them.</summary>
sealed class RulesBench(string folder, IReadOnlyDictionary<string, string?> environment)
{
    const string Ours = "ScorecardBuildTasks";
    const string Roslynator = "Roslynator";
    const double MostOfRoslynator = 0.5;
    const double MostOfCompiler = 1.02;

    /// <summary>The analyzers that are measured beside ours, each in the variant for the newest compiler.</summary>
    static readonly (string Name, string Assembly, string Package, string Version)[] Peers =
    [
        ("Roslynator.Analyzers", Roslynator, "roslynator.analyzers", "5.0.1"),
        ("Meziantou.Analyzer", "Meziantou", "meziantou.analyzer", "3.0.321"),
        ("SonarAnalyzer.CSharp", "SonarAnalyzer", "sonaranalyzer.csharp", "10.36.0.15337"),
        ("StyleCop.Analyzers", "StyleCop", "stylecop.analyzers", "1.2.0-beta.556"),
    ];

    /// <summary>The size at which all peers are measured.</summary>
    const int SizeOfPeers = 4;

    public static async IAsyncEnumerable<Measurement> MeasureAsync(BenchRun run)
    {
        var service = await run.ServiceAsync();
        var bench = new RulesBench(run.Folder, service.Environment);
        foreach (var peer in Peers)
            run.Versions[peer.Name] = peer.Version;
        var inputs = run.Sizes.Select(size => (Name: $"generated, {size}×", Project: ServiceSolution.Create(Path.Combine(run.Folder, $"shop{size}"), size).Service, Peers: size == SizeOfPeers ? Peers : Peers[..1]))
            .Concat(run.Projects.Select(project => (Name: Path.GetFileNameWithoutExtension(project), Project: project, Peers: Peers[..1])));
        foreach (var (name, project, peers) in inputs)
        {
            var call = await CompilerCall.OfAsync(Path.GetFullPath(project), service.Package, Path.Combine(run.Folder, "out"), service.Environment);
            var cost = await bench.CostOfAsync(name, call, await bench.RestoreAsync(peers), run.Pairs);
            run.Costs.Add(cost);
            Console.WriteLine(cost.Table());
            foreach (var measurement in Measurements(cost))
                yield return measurement;
        }
    }

    async Task<RulesCost> CostOfAsync(string name, CompilerCall call, IReadOnlyList<string> peers, int pairs)
    {
        var (with, without) = (call.WithOurs(), call.WithoutThirdParties());
        var beside = with.With(peers).With("/reportanalyzer");
        using var compiler = await Compiler.StartAsync(folder);
        var cold = AnalyzerTimes.Parse((await compiler.ColdAsync(beside)).Output);
        foreach (var variant in (CompilerCall[])[with, without, beside, with, without])
            await compiler.WarmAsync(variant);

        var (processor, reports) = (new List<(double, double)>(), new List<AnalyzerTimes>());
        for (var pair = 0; pair < pairs; pair++)
        {
            // In turns, and in turns first, so that whatever drifts hits both alike.
            var first = (await compiler.WarmAsync(pair % 2 == 0 ? with : without)).Processor;
            var second = (await compiler.WarmAsync(pair % 2 == 0 ? without : with)).Processor;
            processor.Add(pair % 2 == 0 ? (first, second) : (second, first));
            reports.Add(AnalyzerTimes.Parse((await compiler.WarmAsync(beside)).Output));
        }

        return new RulesCost(
            name,
            reports[0].ByNameOf(Ours).Keys.ToDictionary(rule => rule, rule => Paired.Median(reports.Select(report => report.ByNameOf(Ours).GetValueOrDefault(rule))), StringComparer.Ordinal),
            Paired.Median(reports.Select(report => report.Of(Ours))),
            Peers.Where(peer => reports[0].Of(peer.Assembly) > 0).ToDictionary(peer => peer.Name, peer => Paired.Median(reports.Select(report => report.Of(peer.Assembly))), StringComparer.Ordinal),
            Paired.Of([.. reports.Select(report => (report.Of(Ours), report.Of(Roslynator)))]),
            cold.Of(Ours),
            cold.Of(Roslynator),
            Paired.Median(processor.Select(pair => pair.Item2)),
            Paired.Of(processor));
    }

    /// <returns>The compiler's arguments that load the peers.</returns>
    async Task<IReadOnlyList<string>> RestoreAsync(IReadOnlyList<(string Name, string Assembly, string Package, string Version)> peers)
    {
        var project = Path.Combine(folder, "peers", "peers.csproj");
        Directory.CreateDirectory(Path.GetDirectoryName(project)!);
        foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
            await File.WriteAllTextAsync(Path.Combine(folder, "peers", file), "<Project />");
        await File.WriteAllTextAsync(project, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup>{string.Concat(peers.Select(peer => $"<PackageReference Include=\"{peer.Name}\" Version=\"{peer.Version}\" />"))}</ItemGroup>
              <Target Name="PrintAnalyzers" DependsOnTargets="ResolvePackageAssets"><Message Importance="high" Text="analyzer=%(Analyzer.Identity)" /></Target>
            </Project>
            """);
        await Shell.RunAsync(folder, environment, "dotnet", "restore", project, "-v:quiet");
        var output = await Shell.RunAsync(folder, environment, "dotnet", "msbuild", project, "-t:ResolvePackageAssets;ResolveLockFileAnalyzers;PrintAnalyzers", "-nologo", "-tl:off");
        var names = peers.Select(peer => $"/{peer.Package}/").ToList();
        return [.. output.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("analyzer=", StringComparison.Ordinal) && names.Exists(name => line.Contains(name, StringComparison.OrdinalIgnoreCase)))
            .Where(line => !line.Contains("CodeFix", StringComparison.Ordinal)).Select(line => $"/analyzer:{line["analyzer=".Length..]}")];
    }

    static IEnumerable<Measurement> Measurements(RulesCost cost)
    {
        yield return Below($"{cost.Input}: our rules' own time ÷ Roslynator's in the same run", cost.OfRoslynator, MostOfRoslynator);
        yield return Below($"{cost.Input}: csc's processor time with our rules ÷ without", cost.OfCompiler, MostOfCompiler);
    }

    static Measurement Below(string what, Paired measured, double goal) => new(
        what, measured.Ratio, "", string.Create(CultureInfo.InvariantCulture, $"≤ {goal}"), measured.High <= goal, measured.Low, measured.High, measured.Pairs);
}

/// <summary>What the rules cost one input, in milliseconds of the analyzers' own time and seconds of the compiler's processor time; the median where no interval is given.</summary>
sealed record RulesCost(
    string Input,
    IReadOnlyDictionary<string, double> Rules,
    double Ours,
    IReadOnlyDictionary<string, double> Peers,
    Paired OfRoslynator,
    double OursCold,
    double RoslynatorCold,
    double Compiler,
    Paired OfCompiler)
{
    public string Table() => string.Concat(Rules.OrderByDescending(rule => rule.Value).Select(rule => string.Create(CultureInfo.InvariantCulture, $"{rule.Value,8:0.0}  {rule.Key}\n"))
        .Prepend(string.Create(CultureInfo.InvariantCulture, $"{Input}: ours {Ours:0.0} ms (cold {OursCold:0}), {string.Join(", ", Peers.Select(peer => string.Create(CultureInfo.InvariantCulture, $"{peer.Key} {peer.Value:0.0}")))} (Roslynator cold {RoslynatorCold:0}), csc {Compiler:0.00} s\n")));
}
