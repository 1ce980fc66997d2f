using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Build;

/// <summary>A PostgreSQL server on a free port and in a folder of its own, which runs as long as this process does.</summary>
sealed class PostgreSqlServer
{
    static readonly string? Tools = FindTools();

    static readonly Lazy<PostgreSqlServer> Running = new(Start);

    // However this process ends, its end of the pipe closes, and what waits for that clears up. (Collected as garbage it would close, too.)
    Process? caretaker;

    PostgreSqlServer(int port) => ConnectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Maximum Pool Size=16";

    /// <summary>Why there is no server; null if there is one. In CI its absence is no reason to go without.</summary>
    public static string? Absence { get; } =
        Tools is null && Environment.GetEnvironmentVariable("CI") != "true" ? "PostgreSQL (initdb, pg_ctl) is not installed" : null;

    public static PostgreSqlServer Instance => Running.Value;

    public string ConnectionString { get; }

    static PostgreSqlServer Start()
    {
        if (Tools is null)
            throw new InvalidOperationException("PostgreSQL (initdb, pg_ctl) is not installed, and in CI that is an error: apt-get install postgresql");

        var folder = Directory.CreateTempSubdirectory("scorecard-postgresql-").FullName;
        if (Environment.IsPrivilegedProcess)
            Finish(Start("chown", "postgres", folder));
        var port = FreePort();
        var server = new PostgreSqlServer(port);
        var data = Path.Combine(folder, "data");
        // Tests prove nothing about power cuts, and a bench compares like with like, so neither need wait for the disk.
        RunTool("initdb", "--pgdata", data, "--username", "postgres", "--auth", "trust", "--no-sync", "--encoding", "UTF8", "--locale", "C");
        RunTool("pg_ctl", "start", "--wait", "--silent", "--pgdata", data, "--log", Path.Combine(folder, "log"),
            "--options", $"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200");
        server.caretaker = StartTool("sh", "-c", "trap '' INT TERM HUP; read -r _; \"$0\" stop --wait --silent --mode immediate --pgdata \"$1/data\"; rm -rf \"$1\"", Path.Combine(Tools, "pg_ctl"), folder);
        return server;
    }

    static void RunTool(string name, params string[] arguments) => Finish(StartTool(Path.Combine(Tools!, name), arguments));

    /// <summary>As root as another user, since the tools refuse root.</summary>
    static Process StartTool(string path, params string[] arguments) =>
        Environment.IsPrivilegedProcess ? Start("runuser", ["-u", "postgres", "--", path, .. arguments]) : Start(path, arguments);

    static Process Start(string path, params string[] arguments) => Process.Start(new ProcessStartInfo(path, arguments)
    {
        WorkingDirectory = "/",
        // What the server writes must not end up in this process's own output, nor keep a pipe of it open.
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    static void Finish(Process process)
    {
        using (process)
        {
            process.StandardInput.Close();
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} ended with {process.ExitCode}: {process.StandardError.ReadToEnd()}");
        }
    }

    static string? FindTools()
    {
        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))
            : [];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(debian)
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
