using System.Globalization;
using Microsoft.AspNetCore.Http;
using ScorecardBuildTasks.Server.Api;

namespace ScorecardBuildTasks.Server.Limits;

/// <summary>Faults to answer with now and then, so that clients can be seen to bear them.</summary>
public sealed class FaultPlan
{
    static readonly TimeSpan Slowness = TimeSpan.FromSeconds(3);

    readonly IReadOnlyList<Fault> faults;

    FaultPlan(IReadOnlyList<Fault> faults) => this.faults = faults;

    /// <summary>
    /// Reads <c>FAULT:PROBABILITY</c>, several separated by commas, such as <c>429:0.2,500:0.1,slow:0.1</c>. A fault is a status
    /// from 400 to 599, <c>slow</c> (three seconds late) or <c>drop</c> (the connection breaks).
    /// </summary>
    /// <exception cref="FormatException"/>
    public static FaultPlan Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new FaultPlan([.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ParseFault)]);
    }

    /// <summary>Whether the request may go on; if not, it has been answered or dropped.</summary>
    internal async Task<bool> AdmitAsync(HttpContext context, Random random, TimeProvider timeProvider)
    {
        foreach (var fault in faults.Where(fault => random.NextDouble() < fault.Probability))
        {
            switch (fault.Name)
            {
                case "slow":
                    await Task.Delay(Slowness, timeProvider, context.RequestAborted);
                    break;
                case "drop":
                    context.Abort();
                    return false;
                default:
                    if (fault.Name == "429")
                        context.Response.Headers["X-RateLimit-Reset"] = "1";
                    await context.Response.WriteEdgeErrorAsync(int.Parse(fault.Name, CultureInfo.InvariantCulture), "injected fault");
                    return false;
            }
        }
        return true;
    }

    static Fault ParseFault(string text)
    {
        if (text.Split(':') is [var name, var number]
            && (name is "slow" or "drop" || (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 400 and <= 599))
            && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var probability)
            && probability is >= 0 and <= 1)
        {
            return new Fault(name, probability);
        }
        throw new FormatException($"'{text}' is not a fault such as 429:0.2, 500:0.1, slow:0.1 or drop:0.05.");
    }

    sealed record Fault(string Name, double Probability);
}
