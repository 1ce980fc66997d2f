using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ScorecardBuildTasks.Package.Tests.Faults;

/// <summary>Stands between a build and the real server on loopback, and misbehaves as networks, gateways and overloaded APIs do. One connection carries one request.</summary>
sealed class FaultProxy : LoopbackProxy
{
    readonly HttpClient server;
    readonly X509Certificate2 certificate = SelfSigned();
    readonly TaskCompletionSource firstRequest = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int requests;
    int faults;

    public FaultProxy(Uri api)
    {
        server = new HttpClient { BaseAddress = api };
        Start();
    }

    public Fault Fault { get; set; }

    /// <summary>What the fault befalls: reading from the API, or writing to it.</summary>
    public HttpMethod Method { get; set; } = HttpMethod.Get;

    /// <summary>Done when a request has reached the proxy.</summary>
    public Task FirstRequest => firstRequest.Task;

    /// <summary>How many requests reached the proxy.</summary>
    public int Requests => requests;

    public Uri Url => new($"{(Fault == Fault.UntrustedCertificate ? "https" : "http")}://{Address}");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        server.Dispose();
        certificate.Dispose();
    }

    protected override async Task ServeAsync(TcpClient connection)
    {
        if (Fault == Fault.UntrustedCertificate)
        {
            await using var secured = new SslStream(connection.GetStream());
            await secured.AuthenticateAsServerAsync(certificate);
            return;
        }

        await using var stream = connection.GetStream();
        if (await ReadAsync(stream) is { } request)
            await AnswerAsync(request, connection, stream);
    }

    async Task AnswerAsync(HttpRequestMessage request, TcpClient connection, NetworkStream stream)
    {
        Interlocked.Increment(ref requests);
        firstRequest.TrySetResult();
        var fault = request.Method == Method ? Fault : Fault.None;
        var first = fault != Fault.None && Interlocked.Increment(ref faults) == 1;
        switch (fault)
        {
            case Fault.HangsUp:
                Reset(connection);
                break;
            case Fault.LosesTheAnswer:
                using (await server.SendAsync(request, Stopping))
                    Reset(connection);
                break;
            case Fault.Hangs:
                await Task.Delay(Timeout.Infinite, Stopping);
                break;
            case Fault.DripsSlowly:
                await WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.api+json\r\nContent-Length: 100000\r\n\r\n");
                while (true)
                {
                    await WriteAsync(stream, " ");
                    await Task.Delay(100, Stopping);
                }

            case Fault.ResetsMidBody:
                await WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.api+json\r\nContent-Length: 100000\r\n\r\n{\"data\":[");
                Reset(connection);
                break;
            case Fault.TooManyForALongTime:
                await WriteAsync(stream, Response(429, "Too Many Requests", "application/json", """{"errors":["Too many requests"]}""", "X-RateLimit-Reset: 3600"));
                break;
            case Fault.TooManyAtFirst when first:
                await WriteAsync(stream, Response(429, "Too Many Requests", "application/json", """{"errors":["Too many requests"]}""", "X-RateLimit-Reset: 1"));
                break;
            case Fault.TooManyAsHtml:
                await WriteAsync(stream, Response(429, "Too Many Requests", "text/html", "<html><body>Slow down</body></html>"));
                break;
            case Fault.FailsAtFirst when first:
                await WriteAsync(stream, Response(500, "Internal Server Error", "text/plain", "oops"));
                break;
            case Fault.Forbids:
                await WriteAsync(stream, Response(403, "Forbidden", "application/json", """{"errors":["Forbidden"]}"""));
                break;
            case Fault.TruncatesJson:
                await WriteAsync(stream, Response(200, "OK", "application/vnd.api+json", """{"data":[{"id":"a","""));
                break;
            case Fault.Redirects:
                await WriteAsync(stream, Response(307, "Temporary Redirect", "text/plain", "", $"Location: {server.BaseAddress}api/v2/scorecard/rules"));
                break;
            default:
                await ForwardAsync(request, stream);
                break;
        }
    }

    async Task ForwardAsync(HttpRequestMessage request, NetworkStream stream)
    {
        using var response = await server.SendAsync(request, Stopping);
        var body = await response.Content.ReadAsStringAsync(Stopping);
        await WriteAsync(stream, Response((int)response.StatusCode, response.StatusCode.ToString(), response.Content.Headers.ContentType?.MediaType ?? "text/plain", body));
    }

    static void Reset(TcpClient connection)
    {
        connection.Client.LingerState = new LingerOption(true, 0);
        connection.Client.Close();
    }

    static async Task<HttpRequestMessage?> ReadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head.Count < 4 || !head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await stream.ReadAsync(one) == 0)
                return null;
            head.Add(one[0]);
        }

        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(header => header[0], header => header[1], StringComparer.OrdinalIgnoreCase);
        var start = lines[0].Split(' ');
        var request = new HttpRequestMessage(new HttpMethod(start[0]), start[1].TrimStart('/'));
        foreach (var name in new[] { "DD-API-KEY", "DD-APPLICATION-KEY" })
            request.Headers.Add(name, headers[name]);
        if (headers.TryGetValue("Content-Length", out var length))
        {
            var body = new byte[int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(body);
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(headers["Content-Type"]) } };
        }

        return request;
    }

    static string Response(int status, string reason, string type, string body, params string[] headers) =>
        $"HTTP/1.1 {status} {reason}\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n{body}";

    static async Task WriteAsync(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text));

    static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create();
        return new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}

/// <summary>What goes wrong between a build and the API.</summary>
public enum Fault
{
    None,
    HangsUp,
    Hangs,
    DripsSlowly,
    ResetsMidBody,
    LosesTheAnswer,
    TooManyForALongTime,
    TooManyAtFirst,
    TooManyAsHtml,
    FailsAtFirst,
    Forbids,
    TruncatesJson,
    Redirects,
    UntrustedCertificate,
}
