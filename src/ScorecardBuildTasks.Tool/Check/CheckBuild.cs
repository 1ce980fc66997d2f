namespace ScorecardBuildTasks.Tool.Check;

/// <summary>
/// One build of something that does not know of us: the package's targets come in through MSBuild's own extension points, and
/// everything the build writes goes to a folder that is gone afterwards, or to one that the next check builds on.
/// </summary>
sealed class CheckBuild : IDisposable
{
    readonly ToolContext context;
    readonly string folder;
    readonly bool keep;

    CheckBuild(ToolContext context, string target, string folder, bool keep)
    {
        this.context = context;
        this.folder = folder;
        this.keep = keep;
        Target = target;
    }

    /// <summary>The solution's or project's file.</summary>
    public string Target { get; }

    /// <summary>The output directory of this build's outcomes.</summary>
    public string Outcomes => Path.Combine(folder, "outcomes");

    string Warnings => Path.Combine(folder, "warnings.log");

    /// <param name="keep">The folder that is kept, or null for one of our own.</param>
    public static CheckBuild Prepare(ToolContext context, string target, string? keep)
    {
        var build = new CheckBuild(context, target, keep ?? Directory.CreateTempSubdirectory("scorecard-check-").FullName, keep is not null);
        // Those of the last check may be of a service that is not in this one; a build that finds nothing to do writes its own again.
        if (Directory.Exists(build.Outcomes))
            Directory.Delete(build.Outcomes, recursive: true);
        Directory.CreateDirectory(build.Outcomes);
        return build;
    }

    /// <returns>Whether the build succeeded; its errors, and our own warnings, have been shown.</returns>
    public async Task<bool> RunAsync(string? configuration, IReadOnlyList<string> properties, CancellationToken cancellationToken)
    {
        await context.Error.WriteLineAsync($"building {Target}");
        var exitCode = await DotNet.RunAsync(context, Path.GetDirectoryName(Target)!, Arguments(configuration, properties), context.Error.WriteLine, cancellationToken);
        await ShowOurWarningsAsync(cancellationToken);
        return exitCode == 0;
    }

    public void CopyOutcomes(string directory)
    {
        foreach (var file in Directory.EnumerateFiles(Outcomes, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(directory, Path.GetRelativePath(Outcomes, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    public void Dispose()
    {
        if (keep)
            return;
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            context.Error.WriteLine($"scorecard: {folder} could not be removed: {e.Message}");
        }
    }

    IEnumerable<string> Arguments(string? configuration, IReadOnlyList<string> properties)
    {
        var check = Path.Combine(AppContext.BaseDirectory, "check");
        // Not 'dotnet build', which asks for a summary of its own.
        string[] arguments = ["msbuild", Target, "-restore", "-nologo", "-verbosity:quiet", "-consoleLoggerParameters:ErrorsOnly;NoSummary", $"-fileLoggerParameters:LogFile={Warnings};WarningsOnly;NoSummary"];
        return
        [
            .. arguments,
            .. configuration is null ? (string[])[] : [$"-p:Configuration={configuration}"],
            .. properties.Select(property => $"-p:{property}"),
            // Last, because the last one counts.
            .. Ours().Select(property => $"-p:{property.Name}={Escape(property.Value)}"),
        ];

        IEnumerable<(string Name, string Value)> Ours() =>
        [
            ("CustomBeforeDirectoryBuildProps", Path.Combine(check, "BeforeDirectoryBuild.props")),
            ("MSBuildUserExtensionsPath", check),
            ("_ScorecardCheckFolder", folder + Path.DirectorySeparatorChar),
            ("_ScorecardCheckUserExtensions", context.Environment("MSBuildUserExtensionsPath")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "Microsoft", "MSBuild")),
            ("RestoreUseStaticGraphEvaluation", "false"),
            ("ScorecardReport", "true"),
            ("ScorecardPublish", "false"),
            ("ScorecardOutputDirectory", Outcomes + Path.DirectorySeparatorChar),
        ];
    }

    async Task ShowOurWarningsAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Warnings))
            return;
        foreach (var line in (await File.ReadAllLinesAsync(Warnings, cancellationToken)).Where(line => line.Contains(" warning SCORE0", StringComparison.Ordinal)).Distinct())
            await context.Error.WriteLineAsync(line);
    }

    /// <summary>MSBuild would take these characters of a property's value for separators.</summary>
    static string Escape(string value) => value
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace(";", "%3B", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
