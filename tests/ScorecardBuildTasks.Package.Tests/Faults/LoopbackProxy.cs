using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace ScorecardBuildTasks.Package.Tests.Faults;

/// <summary>Takes connections on loopback and serves each until the test is over; what it does with one is its heir's.</summary>
abstract class LoopbackProxy : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stopping = new();
    Task accepting = Task.CompletedTask;

    protected EndPoint Address => listener.LocalEndpoint;

    /// <summary>The test is over.</summary>
    protected CancellationToken Stopping => stopping.Token;

    /// <summary>To be called when the heir is ready.</summary>
    protected void Start()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    protected abstract Task ServeAsync(TcpClient connection);

    public virtual async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await accepting;
        listener.Stop();
        stopping.Dispose();
    }

    async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(ServeOneAsync(await listener.AcceptTcpClientAsync(stopping.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    async Task ServeOneAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                await ServeAsync(connection);
            }
            catch (Exception e) when (IsEnd(e))
            {
                // The client gave up, does not trust the certificate, or the test is over.
            }
        }
    }

    /// <summary>Whether the exception is one in which a connection may end.</summary>
    protected virtual bool IsEnd(Exception e) => e is IOException or OperationCanceledException or AuthenticationException;
}
