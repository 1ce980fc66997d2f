namespace Build.Bench;

/// <summary>What the groups of one run share: what was asked for, where they work, and the package, packed when the first of them needs it.</summary>
/// <param name="projects">Projects of somebody's beside the generated ones.</param>
/// <param name="sizes">Sizes of the generated service; 1 is 100 files.</param>
sealed class BenchRun(string folder, IReadOnlyList<string> projects, IReadOnlyList<int> sizes, int pairs, bool full)
{
    /// <summary>With six, the interval is all that was seen, and one collection of garbage decides.</summary>
    const int LeastOwnTimes = 8;

    /// <summary>After so many compilations a steady server's times are those of the next.</summary>
    const int Warm = 6;

    readonly string suffix = $"bench{DateTimeOffset.UtcNow:yyMMddHHmmss}";
    readonly Dictionary<int, Task<BuiltProject>> generated = [];
    Task<BenchService>? service;
    Task<string>? tool;

    public string Folder => folder;

    public IReadOnlyList<string> Projects => projects;

    public IReadOnlyList<int> Sizes => sizes;

    /// <summary>How often two things are measured in turns: larger inputs, which take longer and vary less, not as often.</summary>
    public int PairsAt(int size) => Math.Max(Paired.Least, (int)(pairs / Math.Sqrt(size)));

    /// <summary>Compiles in turns in a server that compiles nothing else: what another compilation leaves behind would be the next one's.</summary>
    /// <returns>Of each round, in the order of the calls.</returns>
    public async Task<IReadOnlyList<Compiled[]>> InTurnsAsync(int size, params IReadOnlyList<CompilerCall> calls)
    {
        using var compiler = await Compiler.StartAsync(Folder);
        return await compiler.WarmInTurnsAsync(WarmUpsAt(size, calls.Count), PairsAt(size), calls);
    }

    /// <summary>How often the analyzers tell their own times: ours and a peer's in one compilation are a pair already, so that more of them fit.</summary>
    public int OwnTimesAt(int size) => Math.Max(LeastOwnTimes, (int)(2 * pairs / Math.Sqrt(size)));

    /// <summary>How often each is done before it counts, so that the compiler's own code is compiled for the last time as far as that is no matter of chance: the larger, the sooner.</summary>
    static int WarmUpsAt(int size, int calls) => size == 1 ? 6 : (Warm + calls - 1) / calls;

    /// <summary>More than what fits in the time of an ordinary run.</summary>
    public bool Full => full;

    /// <summary>Of the package that is measured.</summary>
    public string Version => $"0.1.0-{suffix}";

    public string Packages => Path.Combine(folder, "packages");

    /// <summary>What the rows were measured beside, by package.</summary>
    public Dictionary<string, string> Versions { get; } = new(StringComparer.Ordinal) { ["ScorecardBuildTasks"] = "0.1.0" };

    /// <summary>Where the time of our rules goes, by input.</summary>
    public List<RulesCost> Costs { get; } = [];

    /// <summary>A small service that uses the package, built once with reporting on.</summary>
    public Task<BenchService> ServiceAsync() => service ??= CreateServiceAsync();

    /// <summary>The generated service, built once.</summary>
    public Task<BuiltProject> GeneratedAsync(int size) => generated.TryGetValue(size, out var project) ? project : generated[size] = BuildAsync(size);

    async Task<BuiltProject> BuildAsync(int size) => await BuiltProject.BuildAsync(this, $"generated, {size}×", (await ServiceSolution.CreateAsync(Path.Combine(folder, $"shop{size}"), size)).Service);

    /// <summary>The tool as its package brings it, installed.</summary>
    public Task<string> ToolAsync() => tool ??= InstallToolAsync();

    async Task<string> InstallToolAsync()
    {
        await PackCommand.PackAsync(Packages, suffix, "src/ScorecardBuildTasks.Tool/ScorecardBuildTasks.Tool.csproj");
        var path = Path.Combine(folder, "tool");
        await Shell.RunAsync(Packages, PackCommand.EnvironmentFor(Packages), "dotnet", "tool", "install", "ScorecardBuildTasks.Tool", "--tool-path", path, "--version", Version, "--add-source", Packages);
        return Path.Combine(path, OperatingSystem.IsWindows() ? "scorecard.exe" : "scorecard");
    }

    async Task<BenchService> CreateServiceAsync()
    {
        await PackCommand.PackAsync(Packages, suffix, PackCommand.BuildPackage);
        return await BenchService.CreateAsync(Path.Combine(folder, "service"), Version, Packages);
    }
}
