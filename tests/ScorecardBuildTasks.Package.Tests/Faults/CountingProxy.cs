using System.Net.Sockets;

namespace ScorecardBuildTasks.Package.Tests.Faults;

/// <summary>Passes connections on to a server as they are, and counts them.</summary>
sealed class CountingProxy : LoopbackProxy
{
    readonly Uri server;
    int connections;

    public CountingProxy(Uri server)
    {
        this.server = server;
        Start();
    }

    public Uri Url => new($"http://{Address}");

    public int Connections => connections;

    protected override async Task ServeAsync(TcpClient connection)
    {
        Interlocked.Increment(ref connections);
        using var other = new TcpClient();
        await other.ConnectAsync(server.Host, server.Port, Stopping);
        await using var here = connection.GetStream();
        await using var there = other.GetStream();
        await Task.WhenAny(here.CopyToAsync(there, Stopping), there.CopyToAsync(here, Stopping));
    }
}
