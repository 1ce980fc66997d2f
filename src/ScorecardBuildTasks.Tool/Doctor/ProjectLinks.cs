using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks;

namespace ScorecardBuildTasks.Tool.Doctor;

/// <summary>The links from a project to its outcomes on this machine: package, compiler, log, entity, rules.</summary>
sealed class ProjectLinks(Chain chain, ToolContext context, string? configuration)
{
    const string Loaded = "the package is loaded";
    const string Service = "the project is a service";
    const string Ran = "the compiler ran the rules";
    const string Stamped = "the error log is stamped";

    string Command(EvaluatedProject project) =>
        $"dotnet build {project.File}{(configuration is null ? "" : $" -c {configuration}")} -p:ScorecardReport=true -p:ScorecardPublish=false";

    public bool PackageIsLoaded(EvaluatedProject project)
    {
        if (project["MSBuildProjectExtension"] != ".csproj")
            return chain.No(Loaded, $"{project.File} is no C# project, and the rules are for C#");
        if (!File.Exists(project["ProjectAssetsFile"]))
            return chain.No(Loaded, $"the project is not restored: dotnet restore {project.File}");
        if (project["_ScorecardTargetsImported"].Length == 0)
            return chain.No(Loaded, """the project does not have it; add <PackageReference Include="ScorecardBuildTasks" Version="…" PrivateAssets="all" />, restore and build""");
        if (project["ScorecardEnabled"] == "false")
            return chain.No(Loaded, "ScorecardEnabled=false switches it off");
        if (project["_ScorecardSdkIsSupported"] != "true")
            return chain.No(Loaded, $"it needs the .NET SDK 8.0.100 or later, and this is {project["NETCoreSdkVersion"]}");
        return chain.Ok(Loaded, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project["_ScorecardTargetsImported"])!, "..")));
    }

    /// <summary>Looks at each framework by itself; all have to be in order.</summary>
    /// <param name="package">Whether the package is loaded.</param>
    public async Task<bool> IsEvaluatedAsync(EvaluatedProject project, bool package, CancellationToken cancellationToken)
    {
        if (!package)
        {
            chain.Unknown(Ran, "the package is not loaded");
            return chain.Unknown(Stamped, "the package is not loaded");
        }

        var all = true;
        foreach (var framework in project.Frameworks)
        {
            var inner = await EvaluatedProject.ReadAsync(context, project.File, configuration, framework, cancellationToken);
            if (inner["ScorecardProjectKind"] != "service")
                return chain.No(Service, $"it is taken for '{inner["ScorecardProjectKind"]}', which has no outcomes; <ScorecardProjectKind>service</ScorecardProjectKind> makes one of it");
            all &= IsEvaluated(inner, project.Frameworks.Count == 1 ? "" : $" ({framework})");
        }

        return all;
    }

    bool IsEvaluated(EvaluatedProject project, string which)
    {
        var file = project["_ScorecardErrorLogFile"];
        if (!File.Exists(file))
        {
            chain.No(Ran + which, $"no build with a report was made, {file} is not there: {Command(project)}");
            return chain.Unknown(Stamped + which, "there is no log");
        }

        ErrorLog log;
        try
        {
            log = ErrorLog.Read(file);
        }
        catch (InvalidDataException e)
        {
            chain.No(Ran + which, e.Message);
            return chain.Unknown(Stamped + which, "the log cannot be read");
        }

        var run = new CompilerRun(project.RelativeFile, project["AssemblyName"], project["TargetFramework"], project["ScorecardConfigurationHash"], log);
        if (!log.RulesAreListed)
        {
            chain.No(Ran + which, run.WhyNot()!);
            return chain.Unknown(Stamped + which, "no analyzer ran");
        }

        var ours = log.Rules.Values.Count(rule => rule.Level is not null);
        chain.Ok(Ran + which, $"{ours} rules in {file}");
        return run.WhyNot() is { } why
            ? chain.No(Stamped + which, $"{why}; {Command(project)}")
            : chain.Ok(Stamped + which, $"{log.Stamp!.Assembly} ({log.Stamp.TargetFramework}), rules {log.Stamp.RulesVersion}");
    }

    public Entity Entity(EvaluatedProject project, ScorecardConfiguration scorecard)
    {
        var messages = new List<BuildMessage>();
        var entity = project.Entity(scorecard, messages);
        const string what = "the entity is known";
        if (messages is [var unreadable, ..])
            chain.No(what, unreadable.ToString());
        else if (entity.Guessed && !scorecard.PublishGuessedEntities)
            chain.No(what, $"{entity.Reference} is only guessed from the assembly's name; add <ScorecardEntity>{entity.Reference}</ScorecardEntity> to the project, or an entity.datadog.yaml beside it");
        else
            chain.Ok(what, $"{entity.Reference}, from {entity.Reason}");
        return entity;
    }

    /// <summary>The state of each rule in the last report, merged with the other projects of the entity as a build merges it before it publishes.</summary>
    /// <param name="evaluated">Whether there is a log for it to go by.</param>
    public OutcomesDocument? Outcomes(EvaluatedProject project, Entity entity, bool evaluated)
    {
        const string what = "the outcomes are reported";
        var file = project["_ScorecardReportFile"];
        if (file.Length == 0 || !File.Exists(file))
        {
            _ = evaluated ? chain.No(what, $"{file} is not there: {Command(project)}") : chain.Unknown(what, "there is nothing to go by");
            return null;
        }

        OutcomesDocument own, document;
        try
        {
            own = OutcomesDocument.Read(file);
            document = OutcomesDirectory.MergedWithOthers(own, project["ScorecardOutputDirectory"], mistake => chain.No("the other projects' outcomes can be read", mistake));
        }
        catch (InvalidDataException e)
        {
            chain.No(what, e.Message);
            return null;
        }

        if (own.NotEvaluated is { } notEvaluated)
        {
            chain.No(what, $"{notEvaluated}; {Command(project)}");
            return null;
        }

        if (document.Held is { } why)
        {
            chain.No(what, why);
            return null;
        }

        if (own.Entity.Reference != entity.Reference)
        {
            chain.No(what, $"{file} is of {own.Entity.Reference}, and the project is {entity.Reference} now: {Command(project)}");
            return null;
        }

        chain.Ok(what, $"{file}{(document.Project == own.Project ? "" : $", merged with the other projects of {entity.Reference}: {document.Project}")}{(CommitMark.Of(document.Revision) is { } mark ? $", {mark}" : "")}");
        foreach (var outcome in document.Outcomes)
        {
            var state = $"{Report.Name(outcome.State)}{(outcome.Reason is { } reason ? $", {reason}" : "")}";
            chain.Add(outcome.State == OutcomeState.NotEvaluated ? Answer.No : Answer.Ok, $"{outcome.Key} is evaluated", state);
        }

        return document;
    }
}
