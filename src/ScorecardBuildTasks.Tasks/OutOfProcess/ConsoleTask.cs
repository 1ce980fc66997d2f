using System.Collections;
using System.Globalization;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ScorecardBuildTasks.Tasks.OutOfProcess;

/// <summary>Runs one task outside MSBuild; warnings and errors are written in MSBuild's canonical form, so that <c>Exec</c> logs them as what they are.</summary>
static class ConsoleTask
{
    public static int Run(string name, IEnumerable<string> parameters)
    {
        ScorecardTask? task = name switch
        {
            nameof(CollectScorecardFacts) => new CollectScorecardFacts(),
            nameof(SilenceSuggestions) => new SilenceSuggestions(),
            nameof(EvaluateScorecard) => new EvaluateScorecard(),
            nameof(ReportScorecard) => new ReportScorecard(),
            nameof(CheckScorecardEnvironment) => new CheckScorecardEnvironment(),
            nameof(PublishScorecard) => new PublishScorecard(),
            nameof(CheckScorecardGate) => new CheckScorecardGate(),
            _ => null,
        };
        if (task is null)
        {
            Console.Error.WriteLine($"there is no task '{name}'");
            return 2;
        }

        task.BuildEngine = new ConsoleEngine();
        foreach (var parameter in parameters)
        {
            var (property, value) = parameter.Split('=', 2) is [var left, var right] ? (left, right) : (parameter, "");
            if (value.Length > 0)
                Set(task, property, value);
        }

        return task.Execute() ? 0 : 1;
    }

    static void Set(ScorecardTask task, string name, string value)
    {
        var property = task.GetType().GetProperty(name) ?? throw new ArgumentException($"{task.GetType().Name} has no parameter '{name}'");
        property.SetValue(task, property.PropertyType == typeof(ITaskItem[])
            ? value.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(item => new TaskItem(item)).ToArray<ITaskItem>()
            : Convert.ChangeType(value, property.PropertyType, CultureInfo.InvariantCulture));
    }

    sealed class ConsoleEngine : IBuildEngine
    {
        public bool ContinueOnError => false;
        public int LineNumberOfTaskNode => 0;
        public int ColumnNumberOfTaskNode => 0;
        public string ProjectFileOfTaskNode => "";

        public void LogErrorEvent(BuildErrorEventArgs e) => Console.WriteLine(Canonical("error", e.File, e.LineNumber, e.ColumnNumber, e.Code, e.Message));

        public void LogWarningEvent(BuildWarningEventArgs e) => Console.WriteLine(Canonical("warning", e.File, e.LineNumber, e.ColumnNumber, e.Code, e.Message));

        public void LogMessageEvent(BuildMessageEventArgs e)
        {
            if (e.Importance == MessageImportance.High)
                Console.WriteLine(e.Message);
        }

        public void LogCustomEvent(CustomBuildEventArgs e) => Console.WriteLine(e.Message);

        public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) =>
            throw new NotSupportedException("a task outside MSBuild builds no projects");

        static string Canonical(string kind, string? file, int line, int column, string? code, string? text) =>
            $"{(line > 0 ? $"{file}({line},{Math.Max(column, 1)})" : file)}: {kind} {code}: {text}";
    }
}
