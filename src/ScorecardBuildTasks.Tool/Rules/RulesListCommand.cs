using System.CommandLine;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Tool.Options;
using ScorecardBuildTasks.Tool.Output;

namespace ScorecardBuildTasks.Tool.Rules;

/// <summary><c>scorecard rules list</c>: the rules that the API has.</summary>
static class RulesListCommand
{
    public static Command Create(ToolContext context)
    {
        var api = new ApiOption();
        var format = new FormatOption();
        var command = new Command("list", "Lists the rules that the API has.") { api, format };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var client = api.Connect(result, context);
            var rules = new List<Rule>();
            await foreach (var rule in client.Rules.ListAsync(cancellationToken: cancellationToken))
                rules.Add(rule);
            rules = [.. rules.OrderBy(rule => rule.Attributes.ScorecardName, StringComparer.Ordinal).ThenBy(rule => rule.Attributes.Name, StringComparer.Ordinal).ThenBy(rule => rule.Attributes.CreatedAt)];

            await context.Output.WriteAsync(format.Of(result) switch
            {
                OutputFormat.Json => Json(rules),
                OutputFormat.Markdown => TableOf(rules).Markdown(),
                _ => TableOf(rules).Text(),
            });
            return ExitCode.Done;
        });
        return command;
    }

    static Table TableOf(IEnumerable<Rule> rules)
    {
        var table = new Table("scorecard", "rule", "level", "enabled", "owner", "id");
        foreach (var (id, rule) in rules.Select(rule => (rule.Id, rule.Attributes)))
            table.Add(rule.ScorecardName, rule.Name, rule.Level?.ToString() ?? "", rule.Enabled == false ? "no" : "yes", rule.Owner ?? "", id);
        return table;
    }

    static string Json(IEnumerable<Rule> rules) => ToolJson.Write(rules.Select(rule => new
    {
        rule.Id,
        Scorecard = rule.Attributes.ScorecardName,
        rule.Attributes.Name,
        rule.Attributes.Level,
        rule.Attributes.Enabled,
        rule.Attributes.Description,
        rule.Attributes.Owner,
        rule.Attributes.ScopeQuery,
        rule.Attributes.Custom,
        CreatedAt = rule.Attributes.CreatedAt?.ToString(),
        ModifiedAt = rule.Attributes.ModifiedAt?.ToString(),
    }));
}
