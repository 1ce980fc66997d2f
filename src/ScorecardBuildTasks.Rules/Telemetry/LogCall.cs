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

    /// <summary>The argument that is the template; null when the call is none of these.</summary>
    public static ArgumentSyntax? TemplateOf(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        var parameter = SymbolName.Of(method.ContainingType) switch
        {
            "Microsoft.Extensions.Logging.LoggerExtensions" => Find(method, "message") ?? Find(method, "messageFormat"),
            // A lone string is the scope's state, which the compiler prefers to a template without values.
            "Microsoft.Extensions.Logging.ILogger" => Find(method, "state"),
            "Microsoft.Extensions.Logging.LoggerMessage" => Find(method, "formatString"),
            "Serilog.ILogger" or "Serilog.Log" or "Serilog.Core.Logger" => Find(method, "messageTemplate"),
            "NLog.ILogger" or "NLog.Logger" or "NLog.ILoggerExtensions" => Find(method, "message"),
            _ => null,
        };
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

    static IParameterSymbol? Find(IMethodSymbol method, string name)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Name == name)
                return parameter;
        }
        return null;
    }
}
