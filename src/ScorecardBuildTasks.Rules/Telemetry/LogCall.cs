using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Telemetry;

/// <summary>The methods that write a log record from a message template: of Microsoft.Extensions.Logging, Serilog and NLog.</summary>
static class LogCall
{
    public static readonly MentionedName[] Names =
    [
        .. new[]
        {
            "Log", "LogTrace", "LogDebug", "LogInformation", "LogWarning", "LogError", "LogCritical", "BeginScope", "Define", "DefineScope",
            "Verbose", "Debug", "Information", "Warning", "Error", "Fatal", "Write", "Trace", "Info", "Warn",
        }.Select(n => new MentionedName(n)),
    ];

    /// <summary>What the parameter is called that takes the template, by the type that has the methods.</summary>
    static readonly Dictionary<string, string[]> Templates = new(StringComparer.Ordinal)
    {
        ["Microsoft.Extensions.Logging.LoggerExtensions"] = ["message", "messageFormat"],
        // A lone string is the scope's state, which the compiler prefers to a template without values.
        ["Microsoft.Extensions.Logging.ILogger"] = ["state"],
        ["Microsoft.Extensions.Logging.LoggerMessage"] = ["formatString"],
        ["Serilog.ILogger"] = ["messageTemplate"],
        ["Serilog.Log"] = ["messageTemplate"],
        ["Serilog.Core.Logger"] = ["messageTemplate"],
        ["NLog.ILogger"] = ["message"],
        ["NLog.Logger"] = ["message"],
        ["NLog.ILoggerExtensions"] = ["message"],
    };

    /// <summary>The argument that is the template; null when the call is none of these.</summary>
    public static ArgumentSyntax? TemplateOf(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        var parameter = Templates.TryGetValue(SymbolName.Of(method.ContainingType), out var names) ? Find(method, names) : null;
        if (parameter?.Type.SpecialType != SpecialType.System_String)
            return null;
        var arguments = call.ArgumentList.Arguments;
        foreach (var argument in arguments)
        {
            if (argument.NameColon?.Name.Identifier.ValueText == parameter.Name)
                return argument;
        }
        return parameter.Ordinal < arguments.Count && arguments[parameter.Ordinal].NameColon is null ? arguments[parameter.Ordinal] : null;
    }

    static IParameterSymbol? Find(IMethodSymbol method, string[] names)
    {
        foreach (var parameter in method.Parameters)
        {
            if (Array.IndexOf(names, parameter.Name) >= 0)
                return parameter;
        }
        return null;
    }
}
