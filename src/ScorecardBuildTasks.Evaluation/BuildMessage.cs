namespace ScorecardBuildTasks.Evaluation;

/// <summary>One thing to tell the user during a build: what, where, what to do. MSBuild and the tool each print it in their own way.</summary>
/// <param name="Code">SCORE0xxx; each has a page under <c>Messages/</c>.</param>
/// <param name="File">The file to look at, or null.</param>
/// <param name="Line">From 1; 0 where the whole file is meant.</param>
/// <param name="Rule">The key of the rule that a waiver is of, or null.</param>
public sealed record BuildMessage(string Code, string Text, string? File = null, int Line = 0, int Column = 0, string? Rule = null)
{
    public const string CatalogFileIsUnreadable = "SCORE0010";
    public const string ConfigurationIsInvalid = "SCORE0011";
    public const string NotEvaluated = "SCORE0012";
    public const string EntityIsGuessed = "SCORE0013";
    public const string SdkIsTooOld = "SCORE0014";
    public const string TaskFailed = "SCORE0016";
    public const string WaiverEnds = "SCORE0017";
    public const string WaiverIsUnused = "SCORE0018";
    public const string LockedKeyIsOverridden = "SCORE0019";
    public const string PublishingFailed = "SCORE0020";
    public const string KeyIsMissing = "SCORE0021";
    public const string RuleIsMissing = "SCORE0022";
    public const string KeyIsInTheBuild = "SCORE0023";
    public const string RuleIsAmbiguous = "SCORE0024";
    public const string LockFileIsInvalid = "SCORE0025";
    public const string GateIsClosed = "SCORE0026";
    public const string EnvironmentIsLogged = "SCORE0028";
    public const string SiteIsNotSupported = "SCORE0029";
    public const string PropertyIsUnknown = "SCORE0030";
    public const string OutcomesAreUnreadable = "SCORE0031";

    /// <summary>MSBuild's canonical form: <c>file(line,column): warning CODE: text</c>.</summary>
    public override string ToString() => $"{Origin}: warning {Code}: {Text}";

    string Origin => File is null ? "scorecard" : Line == 0 ? File : $"{File}({Line},{Math.Max(Column, 1)})";
}
