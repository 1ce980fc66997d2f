using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>
/// What a referenced assembly says about itself, or what its metadata shows: facts by the method that brings them, and the sources that it creates.
/// Read from metadata without loading symbols, once per file.
/// </summary>
sealed class ReferenceFacts
{
    static readonly ReferenceFacts Silent = new("", []);
    // Whose metadata a reference has, the compiler's server asks the file system each time; the same metadata, other compilations have too.
    static readonly ConditionalWeakTable<PortableExecutableReference, ReferenceFacts> ByReference = new();
    static readonly ConditionalWeakTable<MetadataId, ReferenceFacts> ByMetadata = new();
    static readonly ConditionalWeakTable<Compilation, ReferenceFacts> ByCompilation = new();

    /// <summary>Assemblies that are the platform or the wiring APIs themselves: calling them is judged by symbol, never by what is inside.</summary>
    static readonly string[] Platform =
    [
        "System", "Microsoft.AspNetCore", "Microsoft.Extensions", "Microsoft.CSharp", "Microsoft.VisualBasic", "Microsoft.Win32", "Microsoft.EntityFrameworkCore", "Microsoft.IdentityModel",
        "Microsoft.ApplicationInsights", "mscorlib", "netstandard", "WindowsBase", "OpenTelemetry", "Datadog", "Elastic", "Azure", "Serilog", "NLog", "log4net",
    ];

    ReferenceFacts(string assembly, IReadOnlyList<AssemblyFact> facts, IReadOnlyList<CreatedSource> activitySources, IReadOnlyList<CreatedSource> meters) =>
        (Assembly, Facts, ActivitySources, Meters) = (assembly, facts, activitySources, meters);

    /// <summary>An assembly that says nothing of what it creates.</summary>
    ReferenceFacts(string assembly, IReadOnlyList<AssemblyFact> facts) : this(assembly, facts, [], [])
    {
    }

    public string Assembly { get; }

    public IReadOnlyList<AssemblyFact> Facts { get; }

    public IReadOnlyList<CreatedSource> ActivitySources { get; }

    public IReadOnlyList<CreatedSource> Meters { get; }

    /// <summary>Whether the assembly says so itself, so that its code was looked into.</summary>
    public bool IsDeclared { get; init; }

    public static ReferenceFacts Of(MetadataReference reference, CancellationToken cancellation)
    {
        switch (reference)
        {
            case CompilationReference { Compilation: { } compilation }:
                return ByCompilation.TryGetValue(compilation, out var found) ? found : Read(compilation, cancellation);
            case PortableExecutableReference file:
                return ByReference.GetValue(file, static f => f.FilePath is { } path && IsPlatform(Path.GetFileNameWithoutExtension(path)) ? Silent : Read(f));
            default:
                return Silent;
        }
    }

    static ReferenceFacts Read(Compilation compilation, CancellationToken cancellation) => ByCompilation.GetValue(compilation, c => FromSource(c, cancellation));

    static ReferenceFacts Read(PortableExecutableReference file) => file.GetMetadataId() is { } id
        ? ByMetadata.GetValue(id, _ => file.GetMetadata() is AssemblyMetadata metadata ? FromMetadata(metadata.GetModules()[0].GetMetadataReader()) : Silent)
        : Silent;

    static bool IsPlatform(string assembly) =>
        Array.Exists(Platform, p => assembly.StartsWith(p, StringComparison.Ordinal) && (assembly.Length == p.Length || assembly[p.Length] == '.'));

    static ReferenceFacts FromSource(Compilation compilation, CancellationToken cancellation)
    {
        var declared = compilation.Assembly.GetAttributes()
            .Where(a => a.AttributeClass?.Name == "AssemblyMetadataAttribute" && a.ConstructorArguments.Length == 2)
            .Select(a => (a.ConstructorArguments[0].Value as string ?? "", a.ConstructorArguments[1].Value as string ?? ""));
        var assembly = compilation.AssemblyName ?? "";
        return FromDeclarations(assembly, declared.ToList())
            ?? new ReferenceFacts(assembly, compilation.SyntaxTrees.SelectMany(t => BuilderTypes.MethodsIn(t, cancellation)).SelectMany(m => MayWire(m.Name, m.Kinds)).Distinct().ToList());
    }

    static ReferenceFacts FromMetadata(MetadataReader reader)
    {
        if (!reader.IsAssembly)
            return Silent;
        var definition = reader.GetAssemblyDefinition();
        var assembly = reader.GetString(definition.Name);
        if (IsPlatform(assembly))
            return Silent;
        var attributes = new MetadataAttributes(reader);
        if (FromDeclarations(assembly, attributes.OfAssembly()) is { } declared)
            return declared;
        var bodies = new MetadataWiring(reader);
        var clients = ClientLibrary.Behind(assembly, bodies.References());
        if (attributes.IsReferenceAssembly)
            return new ReferenceFacts(assembly, bodies.MethodsTakingBuilders().SelectMany(m => MayWire(m.Name, m.Kinds).Concat(ClientLibrary.SetUpBy(m.Name, m.Kinds, assembly, clients))).ToList());
        var wired = bodies.Called();
        // A package's endpoints are its dashboards, documents and metrics, not what the service is there for.
        wired.RemoveWhere(b => AssemblyFact.EndpointKinds.Contains(b.Kind));
        // An Aspire component adds its own spans and checks to whatever the service sets up; it sets nothing up that leaves the process.
        if (assembly.StartsWith("Aspire.", StringComparison.Ordinal))
            wired.RemoveWhere(b => b.Kind != AssemblyFact.HealthChecks);
        return wired.Count == 0 && clients.Count == 0
            ? new ReferenceFacts(assembly, [])
            : new ReferenceFacts(assembly, bodies.MethodsTakingBuilders().SelectMany(m => bodies.FactsOf(m.Name, m.Kinds, wired).Concat(ClientLibrary.SetUpBy(m.Name, m.Kinds, assembly, clients))).ToList());
    }

    static IEnumerable<AssemblyFact> MayWire(string method, IEnumerable<string> kinds) =>
        kinds.Select(kind => new AssemblyFact(kind, kind is AssemblyFact.ActivitySource or AssemblyFact.Meter ? AssemblyFact.UnknownName : null, method, IsCertain: false));

    /// <summary>The facts in the assembly's own attributes; null when it has none, so that nobody has looked into it.</summary>
    static ReferenceFacts? FromDeclarations(string assembly, IReadOnlyList<(string Key, string Value)> attributes)
    {
        if (!attributes.Any(a => a.Key.StartsWith("Scorecard.", StringComparison.Ordinal)))
            return null;
        return new ReferenceFacts(
            assembly,
            attributes.Where(a => a.Key is AssemblyFact.WiresKey or AssemblyFact.MayWireKey).Select(a => AssemblyFact.Parse(a.Value, a.Key == AssemblyFact.WiresKey)).OfType<AssemblyFact>().ToList(),
            Created(AssemblyFact.CreatedActivitySourceKey),
            Created(AssemblyFact.CreatedMeterKey))
        {
            IsDeclared = true,
        };

        List<CreatedSource> Created(string key) => attributes.Where(a => a.Key == key).Select(a => CreatedSource.Parse(a.Value)).OfType<CreatedSource>().ToList();
    }
}
