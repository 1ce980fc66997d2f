namespace Build.Bench;

/// <summary>What a build that reports costs the compiler: rules, error log and the tests' sources, alone and beside a peer, whose suggestions an error log would wake.</summary>
static class ReportingBench
{
    const double MostOfCompiler = 1.05;
    const int Size = 1;

    public static async IAsyncEnumerable<Measurement> MeasureAsync(BenchRun run)
    {
        var project = await run.GeneratedAsync(Size);
        var (reporting, without) = ((await project.ReportingAsync()).Only(BuiltProject.Ours), (await project.WithoutAsync()).Only());
        using (var compiler = await Compiler.StartAsync(run.Folder))
        {
            var rounds = await compiler.WarmInTurnsAsync(BenchRun.WarmUpsAt(Size), run.PairsAt(Size), reporting, without, without.With(CompilerCall.ErrorLog(project.Output)));
            yield return Measurement.AtMost(MostOfCompiler, $"{project.Name}: csc's processor time when reporting ÷ without the package", RulesBench.Ratio(rounds, 0, 1));
            yield return Measurement.Beside($"{project.Name}: the same with an error log and nothing else", RulesBench.Ratio(rounds, 2, 1));
        }

        foreach (var peer in (Peer[])[Peer.Meziantou, Peer.Roslynator])
            yield return await BesideAsync(run, peer);
    }

    static async Task<Measurement> BesideAsync(BenchRun run, Peer peer)
    {
        run.Versions[peer.Package] = peer.Version;
        var project = await BuiltProject.BuildAsync(run, $"generated, {Size}×, with {peer.Package}", (await ServiceSolution.CreateAsync(Path.Combine(run.Folder, peer.Package), Size, peer)).Service);
        using var compiler = await Compiler.StartAsync(run.Folder);
        var rounds = await compiler.WarmInTurnsAsync(BenchRun.WarmUpsAt(Size), run.PairsAt(Size), (await project.ReportingAsync()).Only(BuiltProject.Ours, peer.Assembly), (await project.WithoutAsync()).Only(peer.Assembly));
        return Measurement.AtMost(MostOfCompiler, $"{project.Name}: csc's processor time when reporting ÷ without our package", RulesBench.Ratio(rounds, 0, 1));
    }
}
