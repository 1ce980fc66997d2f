using System.Net;

namespace ScorecardBuildTasks.Server.Access;

/// <summary>Tells the hosts that only this machine can reach.</summary>
static class Loopback
{
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
