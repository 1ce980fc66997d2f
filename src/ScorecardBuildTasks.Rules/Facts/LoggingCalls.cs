using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>The calls about logging whose arguments decide what they bring.</summary>
static class LoggingCalls
{
    const string FormatterOptions = "JsonConsoleFormatterOptions";
    const string ProviderInterface = "ILoggerProvider";
    const string Template = "ExpressionTemplate";

    /// <summary>The simple names to look for.</summary>
    public static readonly string[] Names = new[] { "AddJsonConsole", "AddConsole", FormatterOptions, ProviderInterface, Template }.Concat(TreeMentions.Receivers).ToArray();

    /// <summary>What the call brings; null where its arguments decide nothing.</summary>
    public static IReadOnlyList<Brought>? BroughtAt(SyntaxNode site, string name, SemanticModel model, CancellationToken cancellation)
    {
        if (Array.IndexOf(Names, name) < 0)
            return null;
        return name switch
        {
            "AddJsonConsole" => IsConsoleLogger(site, model, cancellation) && Sets(site, "IncludeScopes", true, model, cancellation) ? [AssemblyFact.JsonConsole, AssemblyFact.LogScopes] : null,
            "AddConsole" => IsConsoleLogger(site, model, cancellation) && Sets(site, "FormatterName", "json", model, cancellation) ? [AssemblyFact.JsonConsole] : [],
            FormatterOptions => HasTypeArgument(site, "Microsoft.Extensions.Logging.Console.JsonConsoleFormatterOptions", model, cancellation) && Sets(site, "IncludeScopes", true, model, cancellation) ? [AssemblyFact.LogScopes] : [],
            ProviderInterface => HasTypeArgument(site, "Microsoft.Extensions.Logging.ILoggerProvider", model, cancellation) ? [new Brought(AssemblyFact.LogProvider, ProviderInterface)] : [],
            Template => OfTemplate(site, model, cancellation),
            _ => OfSink(site, model, cancellation),
        };
    }

    static bool IsConsoleLogger(SyntaxNode site, SemanticModel model, CancellationToken cancellation) =>
        CalledMethod.At(site, model, cancellation) is { } method && SymbolName.Of(method.ContainingType) == "Microsoft.Extensions.Logging.ConsoleLoggerExtensions";

    static bool HasTypeArgument(SyntaxNode site, string type, SemanticModel model, CancellationToken cancellation) =>
        site is InvocationExpressionSyntax && CalledMethod.ConstructedAt(site, model, cancellation) is { } method && method.TypeArguments.Any(t => SymbolName.Of(t) == type);

    /// <summary>Whether the options that the call is given are set so: <c>options.IncludeScopes = true</c>.</summary>
    static bool Sets(SyntaxNode site, string option, object value, SemanticModel model, CancellationToken cancellation) =>
        site is InvocationExpressionSyntax { ArgumentList: { } arguments } && arguments.DescendantNodes().OfType<AssignmentExpressionSyntax>()
            .Any(a => TreeMentions.SimpleName(a.Left) == option && model.GetConstantValue(a.Right, cancellation) is { HasValue: true } constant && value.Equals(constant.Value));

    /// <summary>Serilog's template language writes the trace id where it is told to.</summary>
    static IReadOnlyList<Brought> OfTemplate(SyntaxNode site, SemanticModel model, CancellationToken cancellation)
    {
        if (site is not BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } || SymbolName.Of(model.GetTypeInfo(site, cancellation).Type) != "Serilog.Templates.ExpressionTemplate")
            return [];
        return model.GetConstantValue(arguments[0].Expression, cancellation).Value switch
        {
            string text when text.Contains("@tr") => [AssemblyFact.SerilogSink],
            string => [],
            _ => [new Brought(AssemblyFact.LogProvider, Template)],
        };
    }

    /// <summary>A sink of Serilog's that writes text, is given a formatter, or is known for neither. Those that export are known by their name.</summary>
    static IReadOnlyList<Brought> OfSink(SyntaxNode site, SemanticModel model, CancellationToken cancellation)
    {
        if (CalledMethod.At(site, model, cancellation) is not { } method || !(IsSinkConfiguration(method.ContainingType) || (method.IsExtensionMethod && IsSinkConfiguration(method.Parameters[0].Type)))
            || LoggingApis.ExportingSinks.Contains(method.Name))
        {
            return [];
        }
        if (!LoggingApis.TextSinks.Contains(method.Name))
            return [new Brought(AssemblyFact.LogProvider, method.Name)];
        foreach (var argument in ((InvocationExpressionSyntax)site).ArgumentList.Arguments)
        {
            if (argument.Expression is AnonymousFunctionExpressionSyntax or LiteralExpressionSyntax || model.GetTypeInfo(argument.Expression, cancellation).Type is not { } type)
                continue;
            var isFormatter = SymbolName.Of(type) == "Serilog.Formatting.ITextFormatter" || type.AllInterfaces.Any(i => SymbolName.Of(i) == "Serilog.Formatting.ITextFormatter");
            var isKnown = SymbolName.Of(type) == "Serilog.Templates.ExpressionTemplate" || WiringApi.BroughtBy(type.Name, SymbolName.Of(type), "").Count > 0;
            if (isFormatter && !(isKnown && argument.Expression is BaseObjectCreationExpressionSyntax))
                return isKnown ? [AssemblyFact.SerilogSink] : [new Brought(AssemblyFact.LogProvider, type.Name)];
        }
        return [AssemblyFact.SerilogText];
    }

    static bool IsSinkConfiguration(ITypeSymbol? type) => SymbolName.Of(type) is "Serilog.Configuration.LoggerSinkConfiguration" or "Serilog.Configuration.LoggerAuditSinkConfiguration";
}
