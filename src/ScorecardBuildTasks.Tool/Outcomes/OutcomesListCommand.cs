using System.CommandLine;
using System.Net;
using System.Text.RegularExpressions;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Tool.Options;
using ScorecardBuildTasks.Tool.Output;

namespace ScorecardBuildTasks.Tool.Outcomes;

/// <summary><c>scorecard outcomes list</c>: the outcomes that the API has.</summary>
static partial class OutcomesListCommand
{
    const string ServiceKind = "service:";

    public static Command Create(ToolContext context)
    {
        var entity = new Option<string?>("--entity") { Description = "Only this entity's, such as service:checkout.", HelpName = "ENTITY" };
        var rule = new Option<string?>("--rule") { Description = "Only those of the rules of this name.", HelpName = "NAME" };
        var api = new ApiOption();
        var format = new FormatOption();
        var command = new Command("list", "Lists the outcomes that the API has.") { entity, rule, api, format };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var client = api.Connect(result, context);
            var filter = new OutcomeFilter { ServiceName = NameOf(result.GetValue(entity)), RuleName = result.GetValue(rule), IncludeRule = true };
            var outcomes = new List<Outcome>();
            await foreach (var outcome in client.Outcomes.ListAsync(filter, cancellationToken))
                outcomes.Add(outcome);
            outcomes = [.. outcomes.OrderBy(EntityOf, StringComparer.Ordinal).ThenBy(outcome => outcome.Rule?.ScorecardName, StringComparer.Ordinal).ThenBy(outcome => outcome.Rule?.Name, StringComparer.Ordinal)];

            await context.Output.WriteAsync(format.Of(result) switch
            {
                OutputFormat.Json => Json(outcomes),
                OutputFormat.Markdown => TableOf(outcomes).Markdown(),
                _ => TableOf(outcomes).Text(),
            });
            return ExitCode.Done;
        });
        return command;
    }

    static Table TableOf(IEnumerable<Outcome> outcomes)
    {
        var table = new Table("entity", "scorecard", "rule", "state", "remarks");
        foreach (var outcome in outcomes)
            table.Add(EntityOf(outcome), outcome.Rule?.ScorecardName ?? "", outcome.Rule?.Name ?? "", outcome.Attributes.State?.Value ?? "", PlainText(outcome.Attributes.Remarks));
        return table;
    }

    static string Json(IEnumerable<Outcome> outcomes) => ToolJson.Write(outcomes.Select(outcome => new
    {
        Entity = EntityOf(outcome),
        Scorecard = outcome.Rule?.ScorecardName,
        Rule = outcome.Rule?.Name,
        State = outcome.Attributes.State?.Value,
        outcome.Attributes.Remarks,
        RuleId = outcome.Relationships?.Rule?.Data.Id,
        CreatedAt = outcome.Attributes.CreatedAt?.ToString(),
        ModifiedAt = outcome.Attributes.ModifiedAt?.ToString(),
    }));

    /// <summary>The API keeps a service under its bare name, any other kind with the kind before it.</summary>
    static string EntityOf(Outcome outcome) =>
        outcome.Attributes.ServiceName is { } name && !name.Contains(':', StringComparison.Ordinal) ? ServiceKind + name : outcome.Attributes.ServiceName ?? "";

    static string? NameOf(string? entity) =>
        entity is not null && entity.StartsWith(ServiceKind, StringComparison.Ordinal) ? entity[ServiceKind.Length..] : entity;

    /// <summary>Remarks are HTML with nothing but links in it.</summary>
    static string PlainText(string? remarks) =>
        WebUtility.HtmlDecode(Link().Replace(remarks ?? "", "$2 ($1)"));

    [GeneratedRegex("""<a href="([^"]*)">([^<]*)</a>""", RegexOptions.CultureInvariant)]
    private static partial Regex Link();
}
