namespace Build.Bench;

/// <summary>What the rules take of the memory of a compiler that has compiled one project.</summary>
static class MemoryBench
{
    const double MostOfCompiler = 1.02;
    const int Size = 4;

    public static async IAsyncEnumerable<Measurement> MeasureAsync(BenchRun run)
    {
        var project = await run.GeneratedAsync(Size);
        var (with, without) = ((await project.OrdinaryAsync()).Only(BuiltProject.Ours), (await project.WithoutAsync()).Only());
        var pairs = new List<(double, double)>();
        for (var pair = 0; pair < run.PairsAt(Size); pair++)
            pairs.Add(pair % 2 == 0 ? (await PeakAsync(run.Folder, with), await PeakAsync(run.Folder, without)) : await InTheOtherOrderAsync());
        yield return Measurement.AtMost(MostOfCompiler, $"{project.Name}: csc's peak memory with our rules ÷ without", Paired.Of(pairs));

        async Task<(double, double)> InTheOtherOrderAsync()
        {
            var peak = await PeakAsync(run.Folder, without);
            return (await PeakAsync(run.Folder, with), peak);
        }
    }

    static async Task<double> PeakAsync(string folder, CompilerCall call)
    {
        using var compiler = await Compiler.StartAsync(folder, steady: false);
        await compiler.WarmAsync(call);
        return compiler.PeakMemory;
    }
}
