using System.Globalization;

namespace Build.Bench;

/// <summary>What the rules cost the compiler in an ordinary build: their own time beside that of the peers in the same compilation, and the compiler's processor time with and without them.</summary>
static class RulesBench
{
    const double MostOfRoslynator = 0.5;
    const double MostOfCompiler = 1.02;
    const double MostGrowth = 0.01;
    const int Least = 1;
    const int Largest = 16;

    /// <summary>The server of the own times compiles all inputs, one after the other; the small ones, of which the first is one, warm it.</summary>
    const int WarmUpsApart = 10;

    /// <summary>The size at which all peers are measured.</summary>
    const int SizeOfPeers = 4;

    public static async IAsyncEnumerable<Measurement> MeasureAsync(BenchRun run)
    {
        var bySize = new Dictionary<int, RulesCost>();
        using var apart = await Compiler.StartAsync(run.Folder);
        foreach (var size in run.Sizes)
        {
            var cost = bySize[size] = await CostOfAsync(run, apart, await run.GeneratedAsync(size), size == SizeOfPeers ? [.. Peer.All.Where(peer => peer != Peer.Roslynator)] : [], size);
            foreach (var measurement in Measurements(cost))
                yield return measurement;
        }

        foreach (var project in run.Projects)
        {
            foreach (var measurement in Measurements(await CostOfAsync(run, apart, await BuiltProject.BuildAsync(run, Path.GetFileNameWithoutExtension(project), project), [], Least)))
                yield return measurement;
        }

        if (!bySize.TryGetValue(Least, out var small) || !bySize.TryGetValue(Largest, out var large))
            yield break;
        yield return Measurement.AtMost(MostGrowth, $"growth {Least}× → {Largest}× of csc's processor time with our rules ÷ without", large.OfCompiler.Less(small.OfCompiler));
        yield return Measurement.AtMost(MostGrowth, $"growth {Least}× → {Largest}× of our rules' own time ÷ csc's processor time without them", large.OwnOfCompiler.Less(small.OwnOfCompiler));
    }

    static IEnumerable<Measurement> Measurements(RulesCost cost)
    {
        Console.WriteLine(cost.Table());
        yield return Measurement.AtMost(MostOfRoslynator, $"{cost.Input}: our rules' own time ÷ Roslynator's in the same run", cost.OfPeers[Peer.Roslynator.Package]);
        foreach (var (peer, ratio) in cost.OfPeers.Where(peer => peer.Key != Peer.Roslynator.Package))
            yield return Measurement.Beside($"{cost.Input}: our rules' own time ÷ that of {peer}", ratio);
        yield return Measurement.AtMost(MostOfCompiler, $"{cost.Input}: csc's processor time with our rules ÷ without", cost.OfCompiler);
        if (cost.FloorOfCompiler is { } floor)
            yield return Measurement.Beside($"{cost.Input}: the same with an analyzer that does nothing", floor);
        if (cost.OfColdCompiler is { } cold)
            yield return Measurement.Beside($"{cost.Input}: the same with our rules in a cold csc", cold);
        yield return Measurement.Beside($"{cost.Input}: our rules' own time ÷ csc's processor time without them", cost.OwnOfCompiler);
    }

    /// <summary>At the largest size neither the floor nor cold compilers are measured: each would take minutes.</summary>
    static async Task<RulesCost> CostOfAsync(BenchRun run, Compiler apart, BuiltProject project, IReadOnlyList<Peer> others, int size)
    {
        var (with, without) = ((await project.OrdinaryAsync()).Only(BuiltProject.Ours), (await project.WithoutAsync()).Only());
        var rounds = await run.InTurnsAsync(size, [with, without, .. size == Largest ? (CompilerCall[])[] : [without.WithDoNothing()]]);
        var reports = await ReportsAsync(run, apart, project, with, [Peer.Roslynator], size == Least ? WarmUpsApart : 1, run.OwnTimesAt(size), "/parallel-");
        // Beside the slowest of them a compilation takes several times as long, and no goal is set.
        var besideOthers = others.Count > 0 ? await ReportsAsync(run, apart, project, with, others, 1, Paired.Least) : [];
        var ofPeers = reports.Select(report => (Peer: Peer.Roslynator, Report: report)).Concat(others.SelectMany(peer => besideOthers.Select(report => (Peer: peer, Report: report)))).ToLookup(of => of.Peer, of => of.Report);
        var cost = new RulesCost(
            project.Name,
            reports[0].ByNameOf(BuiltProject.Ours).Keys.ToDictionary(rule => rule, rule => Paired.Median(reports.Select(report => report.ByNameOf(BuiltProject.Ours).GetValueOrDefault(rule))), StringComparer.Ordinal),
            Paired.Median(reports.Select(report => report.Of(BuiltProject.Ours))),
            ofPeers.ToDictionary(of => of.Key.Package, of => Paired.Median(of.Select(report => report.Of(of.Key.Assembly))), StringComparer.Ordinal),
            Paired.Median(rounds.Select(round => round[1].Processor)),
            ofPeers.ToDictionary(of => of.Key.Package, of => Paired.Of([.. of.Select(report => (report.Of(BuiltProject.Ours), report.Of(of.Key.Assembly)))]), StringComparer.Ordinal),
            Ratio(rounds, 0, 1),
            size == Largest ? null : Ratio(rounds, 2, 1),
            size < Largest ? await ColdAsync(run, with, without) : null,
            Paired.Of([.. reports.TakeLast(rounds.Count).Zip(rounds, (report, round) => (report.Of(BuiltProject.Ours) / 1000, round[1].Processor))]));
        run.Costs.Add(cost);
        return cost;
    }

    static async Task<Paired> ColdAsync(BenchRun run, CompilerCall with, CompilerCall without)
    {
        using var compiler = await Compiler.StartAsync(run.Folder);
        return Ratio(await compiler.ColdInTurnsAsync(Paired.Least, with, without), 0, 1);
    }

    /// <summary>
    /// The analyzers' own times in compilations with some peers. They are times of a clock, so that those which decide are of compilations on one thread: none waits for the other's locks, or for
    /// a core that the compiler itself has taken.
    /// </summary>
    static async Task<IReadOnlyList<AnalyzerTimes>> ReportsAsync(BenchRun run, Compiler apart, BuiltProject project, CompilerCall with, IReadOnlyList<Peer> peers, int warmUps, int count, params string[] arguments)
    {
        foreach (var peer in peers)
            run.Versions[peer.Package] = peer.Version;
        var call = with.With(await Peer.RestoreAsync(Path.Combine(project.Output, string.Join('-', peers.Select(peer => peer.Assembly))), peers, project.Environment)).With("/reportanalyzer").With(arguments);
        return [.. (await apart.WarmInTurnsAsync(warmUps, count, call)).Select(round => AnalyzerTimes.Parse(round[0].Output))];
    }

    /// <summary>Of the processor time of two calls that were made in turns.</summary>
    public static Paired Ratio(IReadOnlyList<Compiled[]> rounds, int numerator, int denominator) => Paired.Of([.. rounds.Select(round => (round[numerator].Processor, round[denominator].Processor))]);
}

/// <summary>What the rules cost one input, in milliseconds of the analyzers' own time and seconds of the compiler's processor time; the median where no interval is given.</summary>
sealed record RulesCost(
    string Input,
    IReadOnlyDictionary<string, double> Rules,
    double Ours,
    IReadOnlyDictionary<string, double> Peers,
    double Compiler,
    IReadOnlyDictionary<string, Paired> OfPeers,
    Paired OfCompiler,
    Paired? FloorOfCompiler,
    Paired? OfColdCompiler,
    Paired OwnOfCompiler)
{
    public string Table() => string.Concat(Rules.OrderByDescending(rule => rule.Value).Select(rule => string.Create(CultureInfo.InvariantCulture, $"{rule.Value,8:0.0}  {rule.Key}\n"))
        .Prepend(string.Create(CultureInfo.InvariantCulture, $"{Input}: ours {Ours:0.0} ms, {string.Join(", ", Peers.Select(peer => string.Create(CultureInfo.InvariantCulture, $"{peer.Key} {peer.Value:0.0}")))}, csc {Compiler:0.00} s\n")));
}
