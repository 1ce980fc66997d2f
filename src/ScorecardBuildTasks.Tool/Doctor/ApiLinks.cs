using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tasks;
using Outcome = ScorecardBuildTasks.Evaluation.Outcome;
using OutcomeState = ScorecardBuildTasks.Evaluation.OutcomeState;

namespace ScorecardBuildTasks.Tool.Doctor;

/// <summary>The links from a project's outcomes to what the API shows: keys, site, scopes, rules, outcomes. Reads only.</summary>
sealed class ApiLinks(Chain chain, ToolContext context)
{
    const string Keys = "the keys are set";
    const string Site = "the site has scorecards";
    const string MayRead = "the keys may read";
    const string MayWrite = "the keys may write";
    const string Locked = "the lock file can be read, and its ids exist";
    const string Exist = "the rules exist";
    const string Enabled = "the rules are enabled";
    const string Scope = "the rules' scope_query has the entity";
    const string Same = "the outcomes are those of the last report";
    const int Shown = 4;

    static readonly string[] AfterLock = [Exist, Enabled, Scope, Same];

    /// <summary>The project's repository, where it is at hand.</summary>
    public string? Repository { get; init; }

    /// <param name="apiUrl">The property <c>ScorecardApiUrl</c>.</param>
    /// <param name="lockFile">The <c>scorecard.lock.json</c> that a build goes by; null where there is none.</param>
    /// <param name="document">What a build would publish; null where there is nothing.</param>
    public async Task ExamineAsync(string apiUrl, string? lockFile, OutcomesDocument? document, CancellationToken cancellationToken)
    {
        if (Options(apiUrl) is not { } options)
        {
            chain.Unknown(MayRead, "there is no API to ask");
            AfterReading(lockFile, "there is no API to ask");
            return;
        }

        using var client = new ScorecardClient(options with { TotalTimeout = TimeSpan.FromSeconds(10) });
        List<Rule> rules;
        List<Client.Outcome> outcomes;
        try
        {
            rules = await ListAsync(client.Rules.ListAsync(new RuleFilter { Custom = true }, cancellationToken));
            outcomes = document is null ? [] : await ListAsync(client.Outcomes.ListAsync(new OutcomeFilter { ServiceName = Publisher.NameOf(document.Entity.Reference) }, cancellationToken));
        }
        catch (Exception e) when (e is ScorecardApiException or ArgumentException)
        {
            chain.No(MayRead, e.Message);
            AfterReading(lockFile, "the API gave no answer to go by");
            return;
        }

        chain.Ok(MayRead, $"{rules.Count} rules, so the application key has apm_service_catalog_read");
        if (document is null)
        {
            AfterReading(lockFile, "there are no outcomes to compare with");
            return;
        }

        Compare(document, lockFile, rules, outcomes, cancellationToken);
    }

    /// <summary>What is left where there is nothing to compare: whether the lock file can be read needs no API.</summary>
    void AfterReading(string? lockFile, string why)
    {
        chain.Unknown(MayWrite, why);
        if (IsReadable(lockFile, out _))
            chain.Unknown(Locked, why);
        Unknown(AfterLock, why);
    }

    bool IsReadable(string? path, out LockFile? lockFile)
    {
        lockFile = null;
        try
        {
            lockFile = path is null ? null : LockFile.Read(path);
            return true;
        }
        catch (InvalidDataException e)
        {
            return chain.No(Locked, e.Message);
        }
    }

    ScorecardClientOptions? Options(string apiUrl)
    {
        ScorecardClientOptions options;
        try
        {
            options = ScorecardClientOptions.FromEnvironment(context.Environment);
            if (apiUrl.Length > 0)
                options = options with { ApiUrl = new Uri(apiUrl, UriKind.Absolute) };
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException)
        {
            chain.Unknown(Keys, "there is no site for them");
            chain.No(Site, apiUrl.Length > 0 ? $"ScorecardApiUrl '{apiUrl}': {e.Message}" : e.Message);
            return null;
        }

        var complete = options.MissingCredentials is { Count: > 0 } missing
            ? chain.No(Keys, $"{string.Join(" and ", missing)} {(missing.Count == 1 ? "is" : "are")} not set, so nothing here can ask {options.ApiUrl.Host}")
            : chain.Ok(Keys, $"API key {Last(options.ApiKey)}, application key {Last(options.ApplicationKey)}");
        chain.Add(options.IsSiteSupported ? Answer.Ok : Answer.No, Site, options.IsSiteSupported ? options.ApiUrl.Host : $"the API's documentation says that {options.ApiUrl.Host} has none");
        return complete ? options : null;
    }

    void Compare(OutcomesDocument document, string? lockPath, List<Rule> rules, List<Client.Outcome> there, CancellationToken cancellationToken)
    {
        // Outcomes that are there were written with some keys, which need not be these.
        chain.Unknown(MayWrite, "only a publish tells; the application key needs apm_service_catalog_write");
        if (!IsReadable(lockPath, out var lockFile))
        {
            Unknown(AfterLock, "the lock file tells which rules they are");
            return;
        }

        var byId = rules.ToDictionary(rule => rule.Id, StringComparer.Ordinal);
        var byName = rules.ToLookup(rule => (rule.Attributes.ScorecardName, rule.Attributes.Name));
        var evaluated = document.Outcomes.Where(outcome => outcome.State != OutcomeState.NotEvaluated).Select(outcome => (Outcome: outcome, Rule: RuleOf(outcome))).ToArray();
        if (lockFile is null)
            chain.Ok(Locked, "there is none, so the rules go by their names");
        else
            Rules(Locked, evaluated.Where(pair => pair.Rule is null && IdOf(pair.Outcome) is not null).Select(pair => $"{Name(pair.Outcome)} is {IdOf(pair.Outcome)} in {lockPath}"), "which the API does not have; write it anew with 'scorecard rules apply'", lockPath!, ",");
        Rules(Exist, evaluated.Where(pair => pair.Rule is null && (lockFile is null || IdOf(pair.Outcome) is null)).Select(pair => Name(pair.Outcome)),
            lockFile is null ? "not in the API; create with 'scorecard rules apply'" : $"not in {lockPath}; write it anew with 'scorecard rules apply'", $"all {evaluated.Length}");
        Rules(Enabled, evaluated.Where(pair => pair.Rule?.Attributes.Enabled == false).Select(pair => $"'{pair.Outcome.Rule}'"), "not enabled and counts in no score; enable with 'scorecard rules apply'", "all that exist");
        ScopeQueries(document.Entity, [.. evaluated.Select(pair => pair.Rule?.Attributes).OfType<RuleAttributes>()]);
        Outcomes(document.Revision, [.. evaluated.Select(pair => (pair.Outcome, there.Find(outcome => outcome.Relationships?.Rule?.Data.Id is { } id && id == pair.Rule?.Id)?.Attributes))], cancellationToken);

        string? IdOf(Outcome outcome) => lockFile?.FindId(outcome.Scorecard, outcome.Rule);
        // As a publish finds it: by its locked id, else of two of one name the older one.
        Rule? RuleOf(Outcome outcome) => lockFile is null
            ? byName[(outcome.Scorecard, outcome.Rule)].OrderBy(rule => rule.Attributes.CreatedAt).FirstOrDefault()
            : IdOf(outcome) is { } id ? byId.GetValueOrDefault(id) : null;
        static string Name(Outcome outcome) => $"'{outcome.Rule}' in '{outcome.Scorecard}'";
    }

    /// <summary>Only the API can tell what a query finds; of the ones that <c>rules apply</c> writes it is plain.</summary>
    void ScopeQueries(Entity entity, IReadOnlyList<RuleAttributes> rules)
    {
        var kind = $"kind:{entity.Reference.Split(':')[0]}";
        var others = rules.Where(rule => rule.ScopeQuery is { Length: > 0 } query && query != kind).ToArray();
        if (others.FirstOrDefault(rule => rule.ScopeQuery!.StartsWith("kind:", StringComparison.Ordinal) && !rule.ScopeQuery.Contains(' ', StringComparison.Ordinal)) is { } wrong)
            chain.No(Scope, $"'{wrong.Name}' has {wrong.ScopeQuery}, which leaves {entity.Reference} out");
        else if (others is [var other, ..])
            chain.Unknown(Scope, $"'{other.Name}' has {other.ScopeQuery}{More(others.Length)}; whether {entity.Reference} is in it the API's pages show");
        else
            chain.Ok(Scope, rules.Any(rule => rule.ScopeQuery is { Length: > 0 }) ? kind : "they have none, so they have every entity");
    }

    void Outcomes(Revision revision, IReadOnlyList<(Outcome Outcome, OutcomeAttributes? There)> landed, CancellationToken cancellationToken)
    {
        var order = new CommitOrder(Repository);
        var absent = landed.Where(pair => pair.There is null).ToArray();
        var newer = landed.Where(pair => order.IsOfNewer(pair.There, revision, cancellationToken)).ToArray();
        var other = landed.Except(newer).Where(pair => pair.There is { State: { } state } && state.Value != Report.Name(pair.Outcome.State)).ToArray();
        if (absent is [var first, ..])
            chain.No(Same, $"the API has none for {first.Outcome.Key}{More(absent.Length)}; publish, or run 'scorecard push'");
        else if (other is [var changed, ..])
            chain.No(Same, $"{changed.Outcome.Key} is {Report.Name(changed.Outcome.State)} here and {changed.There!.State} there since {changed.There.ModifiedAt}{More(other.Length)}; publish, or run 'scorecard push'");
        else if (newer is [var later, ..])
            chain.Ok(Same, $"{later.Outcome.Key}{More(newer.Length)} there is of the newer {CommitMark.Parse(later.There!.Remarks)}, which a publish from here leaves alone");
        else
            chain.Ok(Same, landed.Count == 0 ? "there are none" : $"all {landed.Count}, the last of {landed.Max(pair => pair.There!.ModifiedAt?.ToString())}");
    }

    void Rules(string what, IEnumerable<string> broken, string how, string fact, string separator = ":")
    {
        var names = broken.ToArray();
        _ = names.Length == 0 ? chain.Ok(what, fact) : chain.No(what, $"{names[0]}{More(names.Length)}{separator} {how}");
    }

    void Unknown(IEnumerable<string> links, string why)
    {
        foreach (var link in links)
            chain.Unknown(link, why);
    }

    static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
            list.Add(item);
        return list;
    }

    static string More(int count) => count > 1 ? $" and {count - 1} more" : "";

    /// <summary>Enough to tell one key from another, and of a short one nothing.</summary>
    static string Last(string? key) => key is { Length: >= 4 * Shown } ? $"…{key[^Shown..]}" : "too short for a key";
}
