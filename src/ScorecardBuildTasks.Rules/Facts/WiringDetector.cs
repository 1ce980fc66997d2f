using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>
/// Finds what a compilation wires and which member brings it. It looks for names first: of the wiring APIs, of the referenced methods that carry facts, then, outward from
/// what it finds, of the members that bring facts themselves. Only call sites with such a name are bound.
/// </summary>
sealed class WiringDetector
{
    public const string DatadogTrace = "Datadog.Trace";

    const string NewRelicApi = "NewRelic.Api.Agent";

    static readonly MentionedName Scorecard = new("Scorecard");

    readonly Compilation compilation;
    readonly CancellationToken cancellation;
    readonly List<ReferenceFacts> references = [];
    readonly List<(string? Assembly, AssemblyFact Fact)> carried = [];
    readonly Dictionary<string, WiringMember> members = new(StringComparer.Ordinal);
    readonly Queue<WiringMember> unspread = new();
    /// <summary>
    /// Clients made or injected where nothing is wired. Handing such a fact from caller to caller would end everywhere, so that it stays with the service that has it; a library's is handed on
    /// by the methods that name it.
    /// </summary>
    readonly List<AssemblyFact> used = [];

    readonly List<(SyntaxNode Site, MentionedName Name)> routes = [];
    readonly SemanticModels models;
    readonly SourceName names;

    WiringDetector(Compilation compilation, IEnumerable<AssemblyFact> declared, CancellationToken cancellation)
    {
        (this.compilation, this.cancellation) = (compilation, cancellation);
        models = new SemanticModels(compilation);
        names = new SourceName(models, CreatedInReference, cancellation);
        foreach (var reference in compilation.References)
        {
            var facts = ReferenceFacts.Of(reference, cancellation);
            if (facts.Facts.Count == 0 && facts.ActivitySources.Count == 0 && facts.Meters.Count == 0)
                continue;
            references.Add(facts);
            carried.AddRange(facts.Facts.Where(f => f.IsCertain || CanBeWired(f.Kind) || IsToldOfClients(f)).Select(f => ((string?)facts.Assembly, f)));

            // Looked into, the library hands its clients to something unknown, which needs no other library to set a timeout.
            bool IsToldOfClients(AssemblyFact fact) => facts.IsDeclared && fact.Kind == AssemblyFact.BoundedHttpClients;
        }
        carried.AddRange(declared.Concat(OwnDeclarations()).Select(f => ((string?)null, f)));
    }

    /// <summary>The assembly attributes that tell what the compilation wires, as (key, value) in a stable order.</summary>
    public static IReadOnlyList<(string Key, string Value)> Detect(Compilation compilation, bool isService, IEnumerable<AssemblyFact> declared, CancellationToken cancellation)
    {
        var detector = new WiringDetector(compilation, declared, cancellation);
        detector.FindCallsOfApis(isService);
        detector.FindCallsOfCarriers();
        detector.FindClientsFromServices();
        detector.FindInjectedClients();
        detector.SpreadToCallers();
        detector.FindRoutes(isService);
        detector.SpreadToCallers();
        var facts = isService ? detector.OfService() : detector.OfLibrary();
        // What a service creates is judged where it stands, and no other service registers it.
        var attributes = facts.Select(f => (f.Key, f.Value)).Concat(isService ? Enumerable.Empty<(string, string)>() : detector.Created());
        return attributes.Distinct().OrderBy(a => a.Item1, StringComparer.Ordinal).ThenBy(a => a.Item2, StringComparer.Ordinal).ToList();
    }

    void FindCallsOfApis(bool isService)
    {
        foreach (var (site, name) in SitesOf(WiringApi.Names))
        {
            if (WiringApi.MapsRoute(name.Text, site))
                routes.Add((site, name));
            else if (!isService || !IsTold(name))
                FindWhatIsBrought(site, name);
        }
    }

    /// <summary>
    /// Whether all that calls of a name can bring is brought already by a member that runs. Of a service it is asked what it wires, not how often, and each of its modules calls the same few
    /// methods: binding them all would take half of the time.
    /// </summary>
    bool IsTold(MentionedName name)
    {
        if (WiringApi.MostBroughtBy(name.Text) is not { } most)
            return false;
        SpreadToCallers();
        return most.All(brought => members.Values.Any(m => !m.HasCallers && !m.IsCalledByNameOnly && m.Facts.Any(f => f.IsCertain && f.Kind == brought.Kind && f.Name == brought.Name)));
    }

    /// <summary>That a service maps routes is all that is asked of it: one that runs tells. Of a library's members a service may call any.</summary>
    void FindRoutes(bool isService)
    {
        var mapsRoutes = new HashSet<SyntaxNode>();
        foreach (var (site, name) in routes)
        {
            var around = Member(site);
            if (around is not null && mapsRoutes.Contains(around))
                continue;
            if (FindWhatIsBrought(site, name)?.Facts.Any(IsRoute) != true)
                continue;
            if (around is not null)
                mapsRoutes.Add(around);
            if (!isService)
                continue;
            SpreadToCallers();
            if (members.Values.Any(m => !m.HasCallers && !m.IsCalledByNameOnly && m.Facts.Any(IsRoute)))
                return;
        }

        static bool IsRoute(AssemblyFact fact) => fact is { Kind: AssemblyFact.ApiEndpoints, IsCertain: true };
    }

    /// <returns>The member around the call, where the call brings something to it.</returns>
    WiringMember? FindWhatIsBrought(SyntaxNode site, MentionedName name)
    {
        var model = models.Of(site);
        var brought = WiringApi.BroughtAt(site, name.Text, model, cancellation);
        if (brought.Count == 0)
            return null;
        if (brought[0].Kind == AssemblyFact.Client && IsUsed(brought, site, model))
            return null;
        if (brought[0].Kind == AssemblyFact.BoundedHttpClients)
            return FindDefaults(site, model);
        var registers = name.Text is "AddSource" or "AddMeter" && site is InvocationExpressionSyntax;
        return Attach(site, model, via => registers
            ? names.InArguments((InvocationExpressionSyntax)site).Select(n => new AssemblyFact(brought[0].Kind, n, via))
            : brought.Select(b => b.By(via)));
    }

    /// <summary>The defaults of all HTTP clients bound them where what they are handed does, and may where that cannot be looked into.</summary>
    WiringMember? FindDefaults(SyntaxNode site, SemanticModel model)
    {
        if (site is not InvocationExpressionSyntax call)
            return null;
        var walk = new HttpClientBoundsWalk(models, cancellation);
        if (walk.IsIn(call.ArgumentList))
            return Attach(site, model, via => [new AssemblyFact(AssemblyFact.BoundedHttpClients, null, via)]);
        if (walk.Unfollowed is not { } unfollowed)
            return null;
        // A colon would end the kind of the fact.
        var what = unfollowed.Contains(':') ? "ConfigureHttpClientDefaults" : unfollowed;
        return Attach(site, model, _ => [new AssemblyFact(AssemblyFact.BoundedHttpClients, null, what, IsCertain: false)]);
    }

    /// <summary>Notes clients where nothing is wired, and says no where something is.</summary>
    bool IsUsed(IEnumerable<Brought> clients, SyntaxNode site, SemanticModel model)
    {
        if (WiringMember.Around(site, model, cancellation) is not { TakesBuilder: false } user)
            return false;
        used.AddRange(clients.Select(client => client.By(user.FullName)));
        return true;
    }

    /// <summary>All top-level statements are one member.</summary>
    static SyntaxNode? Member(SyntaxNode site) => site.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member ? member is GlobalStatementSyntax ? member.Parent : member : null;

    void FindCallsOfCarriers()
    {
        var callable = carried.Where(c => c.Fact.Kind != AssemblyFact.Nothing).ToList();
        var byName = callable.ToLookup(c => CalledName(c.Fact.Via), StringComparer.Ordinal);
        foreach (var (site, name) in SitesOf(byName.Select(g => new MentionedName(g.Key))))
        {
            var model = models.Of(site);
            if (CalledMethod.At(site, model, cancellation) is not { } method)
                continue;
            var called = SymbolName.Of(method);
            var facts = byName[name.Text].Where(c => c.Fact.Via == called && (c.Assembly is null || c.Assembly == method.ContainingAssembly?.Name)).Select(c => c.Fact).ToList();
            if (facts.Count > 0)
                Attach(site, model, _ => facts);
        }

        // A class that derives from one whose methods carry facts inherits them, though it calls nothing.
        var byType = callable.ToLookup(c => DeclaringType(c.Fact.Via), StringComparer.Ordinal);
        foreach (var (site, _) in SitesOf(byType.Select(g => new MentionedName(LastPart(g.Key)))))
        {
            if (site is not BaseTypeSyntax type)
                continue;
            var model = models.Of(site);
            if (model.GetTypeInfo(type.Type, cancellation).Type is not { TypeKind: TypeKind.Class } bound)
                continue;
            var facts = byType[SymbolName.Of(bound)].Where(c => c.Assembly == bound.ContainingAssembly?.Name).Select(c => c.Fact).ToList();
            if (facts.Count > 0)
                Attach(site, model, _ => facts);
        }
    }

    /// <summary><c>GetRequiredService&lt;IConnection&gt;()</c>, and the registration of one that the service makes itself.</summary>
    void FindClientsFromServices()
    {
        foreach (var (site, _) in SitesOf(ClientLibrary.InjectedNames))
        {
            var model = models.Of(site);
            if (CalledMethod.ConstructedAt(site, model, cancellation) is not { TypeArguments.IsEmpty: false } method || !SymbolName.Of(method.ContainingType).StartsWith("Microsoft.Extensions.DependencyInjection.", StringComparison.Ordinal))
                continue;
            var clients = method.TypeArguments.Select(t => ClientLibrary.InjectedAs(SymbolName.Of(t))).OfType<Brought>().ToList();
            if (clients.Count > 0 && !IsUsed(clients, site, model))
                Attach(site, model, via => clients.Select(client => client.By(via)));
        }
    }

    void FindInjectedClients()
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (!TreeMentions.Of(tree).MentionsAny(ClientLibrary.InjectedNames))
                continue;
            foreach (var node in tree.GetRoot(cancellation).DescendantNodes(static n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax or ConstructorDeclarationSyntax or ParameterListSyntax))
            {
                if (node is ParameterSyntax { Type: { } type, Parent.Parent: ClassDeclarationSyntax or ConstructorDeclarationSyntax } && TreeMentions.SimpleName(type) is { } name && Array.Exists(ClientLibrary.InjectedNames, n => n.Text == name)
                    && ClientLibrary.InjectedAs(SymbolName.Of(models.Of(type).GetTypeInfo(type, cancellation).Type)) is { } client
                    && node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } user && models.Of(user).GetDeclaredSymbol(user, cancellation) is INamedTypeSymbol owner)
                {
                    used.Add(client.By(WiringMember.ConstructorOf(owner)));
                }
            }
        }
    }

    /// <summary>Hands each member's facts to the members that call it, until nothing changes.</summary>
    void SpreadToCallers()
    {
        while (unspread.Count > 0)
        {
            var member = unspread.Dequeue();
            foreach (var (site, _) in SitesOf([new MentionedName(member.SimpleName)]))
            {
                var model = models.Of(site);
                if (CalledMethod.At(site, model, cancellation) is not { } method || !member.IsRunBy(method))
                    continue;
                if (WiringMember.Around(site, model, cancellation)?.FullName != member.FullName)
                    member.HasCallers = true;
                Attach(site, model, _ => member.Facts.ToList());
            }
        }
    }

    WiringMember? Attach(SyntaxNode site, SemanticModel model, Func<string, IEnumerable<AssemblyFact>> facts)
    {
        if (WiringMember.Around(site, model, cancellation) is not { } around)
            return null;
        if (members.TryGetValue(around.FullName, out var known))
            around = known;
        else
            members.Add(around.FullName, around);
        var before = around.Facts.Count;
        var brought = facts(around.FullName);
        around.Facts.UnionWith(DevelopmentOnly.Is(site, model, cancellation) ? brought.Select(f => f.InDevelopment()).OfType<AssemblyFact>() : brought);
        if (around.Facts.Count > before && !unspread.Contains(around))
            unspread.Enqueue(around);
        return around;
    }

    // What is told

    /// <summary>Everything that runs: what nobody calls does not count where only a call could run it.</summary>
    IEnumerable<AssemblyFact> OfService()
    {
        foreach (var client in used)
            yield return client;
        var running = members.Values.Where(m => !m.HasCallers && (!m.IsCalledByNameOnly || IsNamedElsewhere(m)));
        foreach (var fact in running.SelectMany(m => m.Facts))
            yield return fact.Name is null ? fact : fact with { Name = fact.Name.Replace(AssemblyFact.ApplicationName, compilation.AssemblyName ?? AssemblyFact.UnknownName) };
        if (compilation.ReferencedAssemblyNames.Any(a => a.Name == DatadogTrace))
        {
            yield return new AssemblyFact(AssemblyFact.Tracing, null, DatadogTrace);
            yield return new AssemblyFact(AssemblyFact.ActivitySource, AssemblyFact.UnknownName, DatadogTrace);
            yield return new AssemblyFact(AssemblyFact.Meter, AssemblyFact.UnknownName, DatadogTrace);
            yield return ClientLibrary.Traces(AssemblyFact.UnknownName).By(DatadogTrace);
        }
        // The library that New Relic's agent is spoken to with; the agent itself is no reference.
        if (compilation.ReferencedAssemblyNames.Any(a => a.Name == NewRelicApi))
        {
            foreach (var kind in new[] { AssemblyFact.Tracing, AssemblyFact.Metrics, AssemblyFact.Logs })
                yield return new AssemblyFact(kind, null, NewRelicApi, IsCertain: false);
        }
    }

    IEnumerable<AssemblyFact> OfLibrary()
    {
        var any = false;
        foreach (var member in members.Values)
        {
            foreach (var fact in member.VisibleNames().SelectMany(name => member.Facts.Select(f => f with { Via = name })))
            {
                any = true;
                yield return fact;
            }
        }
        foreach (var fact in SetUpByName())
        {
            any = true;
            yield return fact;
        }
        // Silence would leave a service that calls such a method undecided.
        if (!any && compilation.SyntaxTrees.SelectMany(t => BuilderTypes.MethodsIn(t, cancellation)).Any())
            yield return new AssemblyFact(AssemblyFact.Nothing, null, compilation.AssemblyName ?? "?");
    }

    /// <summary>What a library's methods say by their names, of the clients that it makes elsewhere.</summary>
    IEnumerable<AssemblyFact> SetUpByName()
    {
        var assembly = compilation.AssemblyName ?? "";
        if (used.Count == 0 || ClientLibrary.Behind(assembly, compilation.ReferencedAssemblyNames.Select(a => a.Name)).Where(c => used.Exists(u => u.Name == c.Name)).ToList() is not { Count: > 0 } clients)
            return [];
        return compilation.SyntaxTrees.SelectMany(t => BuilderTypes.MethodsIn(t, cancellation)).SelectMany(m => ClientLibrary.SetUpBy(m.Name, m.Kinds, assembly, clients));
    }

    IEnumerable<(string, string)> Created()
    {
        foreach (var (key, creations) in new[] { (AssemblyFact.CreatedActivitySourceKey, SourceCreations.OfActivitySources), (AssemblyFact.CreatedMeterKey, SourceCreations.OfMeters) })
        {
            foreach (var tree in compilation.SyntaxTrees)
            {
                foreach (var creation in creations.In(tree, () => models.Of(tree), cancellation))
                {
                    if (DeclaringMember(creation, models.Of(tree)) is { } member)
                        yield return (key, new CreatedSource(names.OfCreation(creation), member).Value);
                }
            }
        }
    }

    string? DeclaringMember(SyntaxNode creation, SemanticModel model)
    {
        var declaration = creation.Ancestors().FirstOrDefault(n => n is VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } or PropertyDeclarationSyntax);
        return declaration is null
            ? WiringMember.Around(creation, model, cancellation)?.FullName
            : model.GetDeclaredSymbol(declaration, cancellation) is { } symbol ? SymbolName.Of(symbol) : null;
    }

    // What is known before looking

    IEnumerable<AssemblyFact> OwnDeclarations()
    {
        // Binding attributes costs; a hand-written one has the word in its key.
        if (!compilation.SyntaxTrees.Any(t => TreeMentions.Of(t).Mentions(Scorecard)))
            return [];
        return from attribute in compilation.Assembly.GetAttributes()
               where attribute.AttributeClass?.Name == "AssemblyMetadataAttribute" && attribute.ConstructorArguments is { Length: 2 } arguments && arguments[0].Value is AssemblyFact.WiresKey && arguments[1].Value is string
               let fact = AssemblyFact.Parse((string)attribute.ConstructorArguments[1].Value!)
               where fact is not null
               select fact;
    }

    string? CreatedInReference(string member) => references.SelectMany(r => r.ActivitySources.Concat(r.Meters)).FirstOrDefault(s => s.Member == member)?.Name;

    /// <summary>A method that cannot be looked into brings nothing whose library is not even referenced.</summary>
    bool CanBeWired(string kind) => kind switch
    {
        AssemblyFact.HealthChecks or AssemblyFact.HealthEndpoint => References("Microsoft.Extensions.Diagnostics.HealthChecks"),
        AssemblyFact.ApiEndpoints => References("Microsoft.AspNetCore.Routing"),
        AssemblyFact.OpenApiServed => References("Microsoft.AspNetCore.OpenApi") || References("Swashbuckle") || References("NSwag") || References("FastEndpoints.Swagger"),
        AssemblyFact.FallbackPolicy => References("Microsoft.AspNetCore.Authorization"),
        // Registering a document decides nothing, serving it does; what may add a filter may set a fallback policy.
        AssemblyFact.AuthorizeFilter or AssemblyFact.OpenApiRegistered or AssemblyFact.SwaggerRegistered => false,
        AssemblyFact.Logs => References("OpenTelemetry") || References("Microsoft.ApplicationInsights") || References("Azure.Monitor") || References("Elastic") || References("Serilog") || References("NLog") || References("log4net"),
        AssemblyFact.BoundedHttpClients => References("Microsoft.Extensions.Http.Resilience") || References("Microsoft.Extensions.Http.Polly"),
        _ => References("OpenTelemetry") || References("Microsoft.ApplicationInsights") || References("Azure.Monitor") || References("Elastic") || References("Datadog"),
    };

    bool References(string prefix) => compilation.ReferencedAssemblyNames.Any(a => a.Name.StartsWith(prefix, StringComparison.Ordinal));

    // Looking

    IEnumerable<(SyntaxNode Site, MentionedName Name)> SitesOf(MentionedNames wanted) => SitesOf(mentions => mentions.Mentioned(wanted));

    IEnumerable<(SyntaxNode Site, MentionedName Name)> SitesOf(IEnumerable<MentionedName> wanted)
    {
        var list = wanted.ToList();
        return SitesOf(mentions => list.Where(mentions.Mentions));
    }

    IEnumerable<(SyntaxNode Site, MentionedName Name)> SitesOf(Func<TreeMentions, IEnumerable<MentionedName>> mentioned)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellation.ThrowIfCancellationRequested();
            var mentions = TreeMentions.Of(tree);
            foreach (var name in mentioned(mentions))
            {
                foreach (var site in mentions.Sites(name, cancellation))
                    yield return (site, name);
            }
        }
    }

    /// <summary>Whether anything but its declaration and its overloads names a method, as a delegate does that is not an argument.</summary>
    bool IsNamedElsewhere(WiringMember member) =>
        compilation.SyntaxTrees.Where(t => TreeMentions.Of(t).Mentions(new MentionedName(member.SimpleName)))
            .SelectMany(t => t.GetRoot(cancellation).DescendantNodes().OfType<SimpleNameSyntax>())
            .Any(name => name.Identifier.ValueText == member.SimpleName && models.Of(name).GetSymbolInfo(name, cancellation) is var bound
                && bound.CandidateSymbols.Add(bound.Symbol!).OfType<IMethodSymbol>().Any(member.IsRunBy)
                && WiringMember.Around(name, models.Of(name), cancellation)?.FullName != member.FullName);

    static string CalledName(string method) => method.EndsWith("..ctor", StringComparison.Ordinal) ? LastPart(method.Substring(0, method.Length - 6)) : LastPart(method);

    static string DeclaringType(string method)
    {
        var end = method.EndsWith("..ctor", StringComparison.Ordinal) ? method.Length - 6 : method.LastIndexOf('.');
        return end > 0 ? method.Substring(0, end) : "";
    }

    static string LastPart(string name) => name.Substring(name.LastIndexOf('.') + 1);
}
