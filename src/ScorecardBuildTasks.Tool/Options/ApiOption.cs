using System.CommandLine;
using ScorecardBuildTasks.Client;

namespace ScorecardBuildTasks.Tool.Options;

/// <summary>Which API a command talks to. The keys come from the environment only: an option would leave them in histories and process lists.</summary>
sealed class ApiOption : Option<string?>
{
    public ApiOption()
        : base("--api-url")
    {
        Description = "The API's address. Default: SCORECARD_API_URL, then https://api.$DD_SITE. The keys are taken from DD_API_KEY and DD_APP_KEY.";
        HelpName = "URL";
    }

    public ScorecardClient Connect(ParseResult result, ToolContext context) => new(Read(result, context));

    /// <exception cref="ToolException">The address is malformed, or a key is missing.</exception>
    public ScorecardClientOptions Read(ParseResult result, ToolContext context)
    {
        var given = result.GetValue(this);
        var options = ScorecardClientOptions.FromEnvironment(name => given is not null && IsAddress(name) ? null : context.Environment(name));
        if (given is not null)
            options = options with { ApiUrl = AddressOf(given) };
        return options.MissingCredentials is { Count: > 0 } missing
            ? throw new ToolException($"no keys for {options.ApiUrl}: set the environment variable{(missing.Count == 1 ? "" : "s")} {string.Join(" and ", missing)}")
            : options;
    }

    static bool IsAddress(string variable) => variable is "SCORECARD_API_URL" or "DD_SITE" or "DATADOG_SITE";

    static Uri AddressOf(string given) =>
        Uri.TryCreate(given, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new ToolException($"--api-url '{given}' is no URL such as http://127.0.0.1:8126");
}
