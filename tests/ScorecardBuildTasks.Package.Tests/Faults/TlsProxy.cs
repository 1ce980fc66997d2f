using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ScorecardBuildTasks.Package.Tests.Faults;

/// <summary>A company's proxy: it takes CONNECT, and behind it answers a server with a certificate of the company's own authority. Nobody else resolves the host's name.</summary>
sealed class TlsProxy : LoopbackProxy
{
    readonly ConcurrentQueue<string> targets = [];
    readonly X509Certificate2 certificate;
    readonly int port;

    /// <param name="port">The real server's, on loopback.</param>
    public TlsProxy(string host, int port)
    {
        this.port = port;
        using var authorityKey = RSA.Create(2048);
        var request = new CertificateRequest("CN=Authority of the test", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(2));
        Authority = authority.ExportCertificatePem();

        using var key = RSA.Create(2048);
        var leaf = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        leaf.CertificateExtensions.Add(names.Build());
        using var signed = leaf.Create(authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(8));
        certificate = signed.CopyWithPrivateKey(key);
        Start();
    }

    public Uri Url => new($"http://{Address}");

    /// <summary>The authority's certificate.</summary>
    public string Authority { get; }

    /// <summary>What connections were asked for.</summary>
    public IEnumerable<string> Targets => targets;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        certificate.Dispose();
    }

    protected override async Task ServeAsync(TcpClient connection)
    {
        await using var outer = connection.GetStream();
        var request = await ReadHeadAsync(outer);
        targets.Enqueue(request.Split(' ') is ["CONNECT", var target, ..] ? target : request);
        await outer.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), Stopping);
        await using var inner = new SslStream(outer);
        await inner.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, Stopping);
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, port, Stopping);
        await using var behind = server.GetStream();
        await Task.WhenAny(inner.CopyToAsync(behind, Stopping), behind.CopyToAsync(inner, Stopping));
    }

    /// <summary>The server behind may be gone before the proxy is.</summary>
    protected override bool IsEnd(Exception e) => e is SocketException || base.IsEnd(e);

    async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, Stopping) == 1)
            head.Append((char)one[0]);
        return head.ToString();
    }
}
