namespace ScorecardBuildTasks.Package.Tests;

/// <summary>A test of what only Linux has: signals sent by <c>kill</c>, OpenSSL's <c>SSL_CERT_FILE</c>.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "only on Linux";
    }
}
