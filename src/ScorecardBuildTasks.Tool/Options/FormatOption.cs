using System.CommandLine;

namespace ScorecardBuildTasks.Tool.Options;

/// <summary>How a result is written.</summary>
enum OutputFormat
{
    Text,
    Json,
    Markdown,
}

/// <summary>Lets the caller choose how the result is written.</summary>
sealed class FormatOption : Option<string>
{
    public FormatOption()
        : base("--format")
    {
        Description = "How the result is written.";
        HelpName = "text|json|markdown";
        DefaultValueFactory = _ => "text";
        Validators.Add(option =>
        {
            if (option.GetValueOrDefault<string>() is { } name && Parse(name) is null)
                option.AddError($"--format is text, json or markdown, not '{name}'");
        });
    }

    public OutputFormat Of(ParseResult result) => Parse(result.GetValue(this)) ?? OutputFormat.Text;

    static OutputFormat? Parse(string? name) => name switch
    {
        "text" => OutputFormat.Text,
        "json" => OutputFormat.Json,
        "markdown" => OutputFormat.Markdown,
        _ => null,
    };
}
