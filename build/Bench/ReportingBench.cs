namespace Build.Bench;

/// <summary>What a build that reports costs the compiler: rules, error log and the tests' sources, alone and beside a peer, whose suggestions an error log would wake.</summary>
static class ReportingBench
{
    const double MostOfCompiler = 1.05;

    /// <summary>At which it is measured alone; beside a peer at the last of them.</summary>
    static readonly int[] Sizes = [1, 4];

    public static async IAsyncEnumerable<Measurement> MeasureAsync(BenchRun run)
    {
        foreach (var size in Sizes)
        {
            var project = await run.GeneratedAsync(size);
            var (reporting, without) = ((await project.ReportingAsync()).Only(BuiltProject.Ours), (await project.WithoutAsync()).Only());
            var rounds = await run.InTurnsAsync(size, reporting, without, without.With(CompilerCall.ErrorLog(project.Output)));
            yield return Measurement.AtMost(MostOfCompiler, $"{project.Name}: csc's processor time when reporting ÷ without the package", RulesBench.Ratio(rounds, 0, 1));
            yield return Measurement.Beside($"{project.Name}: the same with an error log and nothing else", RulesBench.Ratio(rounds, 2, 1));
        }

        foreach (var peer in (Peer[])[Peer.Meziantou, Peer.Roslynator])
            yield return await BesideAsync(run, peer, Sizes[^1]);
    }

    static async Task<Measurement> BesideAsync(BenchRun run, Peer peer, int size)
    {
        run.Versions[peer.Package] = peer.Version;
        var project = await BuiltProject.BuildAsync(run, $"generated, {size}×, with {peer.Package}", (await ServiceSolution.CreateAsync(Path.Combine(run.Folder, peer.Package), size, peer)).Service);
        var rounds = await run.InTurnsAsync(size, (await project.ReportingAsync()).Only(BuiltProject.Ours, peer.Assembly), (await project.WithoutAsync()).Only(peer.Assembly));
        return Measurement.AtMost(MostOfCompiler, $"{project.Name}: csc's processor time when reporting ÷ without our package", RulesBench.Ratio(rounds, 0, 1));
    }
}
