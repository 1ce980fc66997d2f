using Microsoft.Build.Framework;
using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tasks;

/// <summary>Turns the error log of one project and framework into outcomes.</summary>
public sealed class EvaluateScorecard : ScorecardTask
{
    /// <summary>The compiler's error log; it need not exist. Empty where the build has failed, so that nothing can be evaluated: other projects of the same entity must know.</summary>
    public string ErrorLogFile { get; set; } = "";

    /// <summary>Where the outcomes of this project and framework go.</summary>
    [Required]
    public string OutcomesFile { get; set; } = "";

    [Required]
    public string AssemblyName { get; set; } = "";

    [Required]
    public string TargetFramework { get; set; } = "";

    /// <summary>The hash that the compiler was given; a log stamped with another one is stale.</summary>
    [Required]
    public string ConfigurationHash { get; set; } = "";

    /// <summary>
    /// The projects that this one references, one per line below a heading: the project file and, where the rules run in it, error log, assembly, framework and hash behind tabs.
    /// </summary>
    [Required]
    public string ReferencesFile { get; set; } = "";

    /// <summary>The property <c>ScorecardEntity</c>.</summary>
    public string Entity { get; set; } = "";

    /// <summary>Absolute path of the catalog file, or empty.</summary>
    public string CatalogFile { get; set; } = "";

    /// <summary>Absolute path of the Dockerfile, or empty.</summary>
    public string Dockerfile { get; set; } = "";

    bool HasFailed => ErrorLogFile.Length == 0;

    readonly Dictionary<string, string[]?> sources = new(StringComparer.Ordinal);

    protected override void Run()
    {
        try
        {
            Evaluate();
        }
        catch
        {
            // Whatever stops this evaluation must not leave the last one's outcomes to be reported.
            File.Delete(OutcomesFile);
            throw;
        }
    }

    void Evaluate()
    {
        var messages = new List<BuildMessage>();
        var configuration = LoadConfiguration(messages);
        var entity = EntityResolver.Resolve(
            new EntitySources(Entity, configuration, ProjectDirectory, ProjectFile, Root, CatalogFile.Length > 0 ? CatalogFile : null, AssemblyName) { Dockerfile = Dockerfile.Length > 0 ? Dockerfile : null }, messages);
        var references = HasFailed ? [] : File.ReadAllLines(ReferencesFile).Skip(1).Select(line => line.Split('\t')).ToArray();
        var ci = CiRun.Detect(Environment.GetEnvironmentVariable);
        var document = Evaluator.Evaluate(new EvaluationInput(
            HasFailed
                ? new CompilerRun(Relative(ProjectFile), AssemblyName, TargetFramework, ConfigurationHash, null) { NoLog = "its build failed" }
                : Run(ProjectFile, ErrorLogFile, AssemblyName, TargetFramework, ConfigurationHash, configuration),
            Root,
            configuration,
            entity,
            ReadRevision.Of(Root, ci),
            DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime),
            ReadSource)
        {
            Audit = Audit,
            Libraries = [.. references.Where(columns => columns.Length > 1).Select(columns => Run(columns[0], columns[1], columns[2], columns[3], columns[4], configuration))],
            WithoutRules = [.. references.Where(columns => columns.Length == 1).Select(columns => Relative(columns[0])).Distinct()],
        });
        if (entity.Guessed && !configuration.PublishGuessedEntities)
            document = document with { Held = $"its entity is only guessed from the assembly's name ({BuildMessage.EntityIsGuessed}); add <ScorecardEntity>{entity.Reference}</ScorecardEntity> to {Relative(ProjectFile)}, or an entity.datadog.yaml beside it" };
        if (messages.Find(message => message.Code is BuildMessage.ConfigurationIsInvalid or BuildMessage.CatalogFileIsUnreadable) is { } unreadable)
        {
            var reason = $"{Relative(unreadable.File!)} cannot be read; correct it and build again";
            document = document with { Held = reason, Unreadable = reason };
        }

        if (!HasFailed && document.NotEvaluated is { } why)
            messages.Add(new BuildMessage(BuildMessage.NotEvaluated, $"{document.Entity.Reference} is not evaluated and nothing is published: {why}"));
        // A build that has failed has been told enough.
        (document with { Messages = HasFailed ? null : [.. messages, .. document.Messages ?? []] }).Write(OutcomesFile);
        // What is the same is not written again, and is yet as new as what it was made of: otherwise the next build would evaluate too.
        File.SetLastWriteTimeUtc(OutcomesFile, TimeProvider.System.GetUtcNow().UtcDateTime);

        Log.LogMessage(MessageImportance.Low, "Scorecard outcomes of {0} ({1}) from {2}: {3}", Relative(ProjectFile), TargetFramework, ErrorLogFile, OutcomesFile);
    }

    /// <summary>Once each: many diagnostics may be switched off in one file.</summary>
    IReadOnlyList<string>? ReadSource(string file)
    {
        if (!sources.TryGetValue(file, out var lines))
            sources[file] = lines = File.Exists(file) ? File.ReadAllLines(file) : null;
        return lines;
    }

    RestoreAudit Audit()
    {
        using var assets = Evaluation.AssetsFile.Read(AssetsFile);
        return assets?.Audit() ?? RestoreAudit.None;
    }

    CompilerRun Run(string project, string errorLog, string assembly, string framework, string hash, ScorecardConfiguration configuration)
    {
        var run = new CompilerRun(Relative(project), assembly, framework, hash, null);
        if (errorLog.Length == 0)
            return run with { NoLog = "it was built without a result; build it together with the service, and with ScorecardReport=true" };
        if (!File.Exists(errorLog))
            return run;
        try
        {
            return run with { Log = ErrorLog.Read(errorLog, configuration.Maps) };
        }
        catch (InvalidDataException e)
        {
            return run with { NoLog = e.Message };
        }
    }
}
