namespace Build.Bench;

/// <summary>What the rules take between a keystroke and the editor's answer.</summary>
static class KeystrokeBench
{
    const double MostMilliseconds = 2;
    const double MostBytesGrowth = 1.1;
    const int WarmUps = 300;
    const int Keystrokes = 400;
    const int GeneratorRuns = 40;
    const int Small = 1;
    const int Large = 4;

    public static async IAsyncEnumerable<Measurement> MeasureAsync(BenchRun run)
    {
        Compiler.LoadHere(await Compiler.FolderAsync(run.Folder));
        var bytes = new Dictionary<int, double>();
        foreach (var size in (int[])[Small, Large])
        {
            var project = await run.GeneratedAsync(size);
            var (milliseconds, allocated, generator) = await MedianAsync((await project.OrdinaryAsync()).Only(BuiltProject.Ours));
            bytes.Add(size, allocated);
            yield return new Measurement($"{project.Name}: one keystroke's re-analysis of one open file by all rules, median of {Keystrokes}", milliseconds, "ms", $"≤ {MostMilliseconds}", milliseconds <= MostMilliseconds);
            yield return new Measurement($"{project.Name}: what it allocates", allocated / 1024, "KB", "", true);
            yield return new Measurement($"{project.Name}: the facts' generator over the whole compilation, when the editor lets it run", generator, "ms", "", true);
        }

        yield return new Measurement($"what a keystroke allocates at {Large}× ÷ at {Small}×", bytes[Large] / bytes[Small], "", $"≤ {MostBytesGrowth}", bytes[Large] / bytes[Small] <= MostBytesGrowth);
    }

    // Apart from the method above, because it needs the compiler when it is compiled.
    static async Task<(double Milliseconds, double Bytes, double Generator)> MedianAsync(CompilerCall call)
    {
        var session = new EditorSession(call);
        await session.TypeAsync(WarmUps);
        var taken = await session.TypeAsync(Keystrokes);
        return (Paired.Median(taken.Select(keystroke => keystroke.Milliseconds)), Paired.Median(taken.Select(keystroke => keystroke.Bytes)), Paired.Median(await session.GenerateAsync(GeneratorRuns)));
    }
}
