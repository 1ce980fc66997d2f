using ScorecardBuildTasks.Rules.Telemetry;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Telemetry;

public sealed class SCORE2009CaughtExceptionIsRecordedTests
{
    [Fact]
    public Task SwallowedExceptionFails() => RuleTest.FailsAsync<SCORE2009CaughtExceptionIsRecorded>(
        Service("[|catch|] (Exception) { }"),
        "'catch (Exception)' swallows what it catches: nothing is logged, recorded on the activity, rethrown or made into a result (blocks level 3 of 'Observability Best Practices')");

    [Fact]
    public Task ExceptionsThatNobodyAskedForAreNamed() => RuleTest.FailsAsync<SCORE2009CaughtExceptionIsRecorded>(
        Service("[|catch|] (IOException e) { if (e.HResult == 3) return null; }"),
        "'catch (IOException)' swallows whatever it does not ask for: nothing is logged, recorded on the activity, rethrown or made into a result (blocks level 3 of 'Observability Best Practices')");

    [Theory]
    [InlineData("[|catch|] { }")]
    [InlineData("[|catch|] { /* never mind */ }")]
    [InlineData("[|catch|] (Exception e) { _ = e; }")]
    [InlineData("[|catch|] (Exception) { return null; }")]
    [InlineData("[|catch|] (System.Exception) { return \"\"; }")]
    [InlineData("[|catch|] { return default; }")]
    [InlineData("[|catch|] { return (string?)null; }")]
    [InlineData("[|catch|] { return default(int); }")]
    [InlineData("[|catch|] { return -1; }")]
    [InlineData("[|catch|] { return (false, default(string)); }")]
    [InlineData("[|catch|] { return string.Empty; }")]
    [InlineData("[|catch|] { return Array.Empty<int>(); }")]
    [InlineData("[|catch|] { return new List<int>(); }")]
    [InlineData("[|catch|] { return new int[0]; }")]
    [InlineData("[|catch|] { return Task.FromResult(false); }")]
    [InlineData("[|catch|] { return count > 3 ? null : default(string); }")]
    [InlineData("[|catch|] { // ignored\n }")]
    [InlineData("[|catch|] { // TODO: handle the timeout\n }")]
    [InlineData("[|catch|] { // logger.LogError(\"a\");\n }")]
    [InlineData("[|catch|] { SetNothing(); }")]
    [InlineData("[|catch|] { Login(); }")]
    [InlineData("[|catch|] { Retry(); }")]
    [InlineData("[|catch|] (Exception) { Clean(); }")]
    [InlineData("[|catch|] (Exception e) when (e is not OperationCanceledException) { }")]
    [InlineData("[|catch|] (Exception) when (!stopping.IsCancellationRequested) { }")]
    [InlineData("[|catch|] (Exception) { Func<int> later = () => throw new Exception(); }")]
    [InlineData("[|catch|] (FileNotFoundException) { }")]
    [InlineData("[|catch|] (Exception) { return false; }")]
    [InlineData("[|catch|] { /* best effort: the next run cleans up */ }")]
    [InlineData("[|catch|] (Exception) { // whoever subscribed tells of its own failures\n }")]
    [InlineData("[|catch|] (Exception) { Console.WriteLine(\"failed\"); }")]
    [InlineData("[|catch|] (FileNotFoundException) { Console.WriteLine(\"skipped\"); }")]
    [InlineData("[|catch|] (FileNotFoundException) { Console.Error.WriteLine(\"skipped\"); }")]
    [InlineData("[|catch|] (IOException e) { if (e.HResult == 3) { /* in use */ return null; } }")]
    [InlineData("[|catch|] (IOException e) { if (e.HResult == 3 && count > 1) logger.LogError(e, \"a\"); }")]
    [InlineData("[|catch|] (IOException e) { if (e.Message.Contains(\"in use\")) throw; }")]
    [InlineData("[|catch|] (IOException e) { if (!(e.HResult != 3)) throw; else Console.WriteLine(\"skipped\"); }")]
    [InlineData("[|catch|] (IOException e) { switch (e.HResult) { case 3: return null; } }")]
    [InlineData("[|catch|] (Exception e) { if (e is FileNotFoundException) return Status.Failed; }")]
    [InlineData("[|catch|] (Exception e) { if (e is FileNotFoundException) return Status.Failed; return null; }")]
    public Task SwallowingIsFoundHoweverItIsWritten(string clause) => RuleTest.FailsAsync<SCORE2009CaughtExceptionIsRecorded>(Service(clause));

    [Theory]
    [InlineData("catch (Exception e) { logger.LogError(e, \"a\"); }")]
    [InlineData("catch (Exception) { logger.LogError(\"a\"); }")]
    [InlineData("catch (Exception) { throw; }")]
    [InlineData("catch (Exception) { if (stopping.IsCancellationRequested) throw new InvalidOperationException(); }")]
    [InlineData("catch (Exception e) { return e.Message; }")]
    [InlineData("catch (Exception e) { Handle(e); }")]
    [InlineData("catch (Exception) { Activity.Current?.SetStatus(ActivityStatusCode.Error); }")]
    [InlineData("catch (Exception) { Failures.Add(1); }")]
    [InlineData("catch (Exception) { Failed(); }")]
    [InlineData("catch (Exception) { ok = false; }")]
    [InlineData("catch (Exception) { errors.Add(\"a\"); }")]
    [InlineData("catch (Exception) { Interlocked.Increment(ref count); }")]
    [InlineData("catch (Exception) { new TaskCompletionSource<int>().TrySetCanceled(); }")]
    [InlineData("catch (Exception) { SetState(\"failed\"); }")]
    [InlineData("catch (Exception) { Tell(); }")]
    [InlineData("catch (Exception) { report.Failed(\"x\"); }")]
    [InlineData("catch (Exception) { Queue.AbandonMessage(this); }")]
    [InlineData("catch (Exception) { return Results.Problem(); }")]
    [InlineData("catch (Exception) { return Results.Problem(\"upstream failed\"); }")]
    [InlineData("catch (Exception) { return Results.StatusCode(500); }")]
    [InlineData("catch (Exception) { return new Microsoft.AspNetCore.Mvc.StatusCodeResult(500); }")]
    [InlineData("catch (Exception) { return Result.Failure(\"no\"); }")]
    [InlineData("catch (Exception) { return new Either.Error(\"boom\"); }")]
    [InlineData("catch (Exception) { return Status.Failed; }")]
    [InlineData("catch (Exception) { return (false, \"error\"); }")]
    [InlineData("catch (Exception) { return Task.FromResult(Status.Failed); }")]
    [InlineData("catch (Exception) { return Status.Empty; }")]
    [InlineData("catch (Exception) { count++; }")]
    [InlineData("catch (Exception) when (count > 3) { }")]
    [InlineData("catch (Exception e) when (e is FileNotFoundException) { }")]
    [InlineData("catch (FileNotFoundException) { return null; }")]
    [InlineData("catch (FileNotFoundException) { /* there is none yet */ }")]
    [InlineData("catch (OperationCanceledException) { }")]
    [InlineData("catch (TaskCanceledException) { }")]
    [InlineData("catch (Exception) { return Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult.Unhealthy(); }")]
    [InlineData("catch (Exception) { Environment.FailFast(\"a\"); }")]
    [InlineData("catch (Exception e) { Console.WriteLine(e); }")]
    [InlineData("catch (FileNotFoundException e) { Console.WriteLine(e.FileName); }")]
    [InlineData("catch (FileNotFoundException) { Console.WriteLine(\"skipped\"); return null; }")]
    [InlineData("catch (IOException e) { if (e.HResult == 3) return null; throw; }")]
    [InlineData("catch (IOException e) { if (e.HResult != 3) throw; }")]
    [InlineData("catch (IOException e) { if (e.HResult != 3 && e.HResult != 4) { throw; } }")]
    [InlineData("catch (IOException e) { if (e.HResult != 3 || count > 1) logger.LogError(e, \"a\"); }")]
    [InlineData("catch (IOException e) { if (e.HResult == 3) return null;\n/* whatever else: the next run cleans up */ }")]
    [InlineData("catch (IOException e) { if (Handled(e)) return null; }")]
    [InlineData("catch (IOException e) { if (count > 1) logger.LogError(e, \"a\"); }")]
    [InlineData("catch (IOException e) { switch (e.HResult) { case 3: return null; default: throw; } }")]
    [InlineData("catch (Exception e) { if (e is FileNotFoundException) return Status.Failed; logger.LogError(e, \"a\"); }")]
    [InlineData("catch (Exception e) { if (e is not OperationCanceledException) logger.LogError(e, \"a\"); }")]
    [InlineData("finally { }")]
    public Task RecordedOrHandledPasses(string clause) => RuleTest.PassesAsync<SCORE2009CaughtExceptionIsRecorded>(Service(clause));

    [Fact]
    public Task AnswerOfATryMethodPasses() => RuleTest.PassesAsync<SCORE2009CaughtExceptionIsRecorded>(TestProject.Service("""
        WebApplication.CreateBuilder(args).Build().Run();

        static class Settings
        {
            public static bool TryRead(out string text)
            {
                try
                {
                    text = File.ReadAllText("a");
                    return true;
                }
                catch
                {
                    text = "";
                    return false;
                }
            }

            public static string? TryLoad()
            {
                try { return File.ReadAllText("a"); }
                catch (Exception) { return null; }
            }

            public static bool Ping()
            {
                try { return File.ReadAllText("a").Length > 0; }
                catch (Exception) { return false; }
            }

            public static bool IsThere()
            {
                try { return File.ReadAllText("a").Length > 0; }
                catch (Exception) { return false; }
            }
        }
        """));

    [Fact]
    public Task ExceptionOfTheSameNameIsNotGeneral() => RuleTest.PassesAsync<SCORE2009CaughtExceptionIsRecorded>(TestProject.Service("""
        WebApplication.CreateBuilder(args).Build().Run();

        namespace Mine
        {
            class Exception : System.Exception;

            class Reader
            {
                string Read()
                {
                    try { return File.ReadAllText("a"); }
                    catch (Exception) { return ""; }
                }
            }
        }
        """));

    [Fact]
    public Task ProgramIsJudged() => RuleTest.FailsAsync<SCORE2009CaughtExceptionIsRecorded>(TestProject.Service("""
        try
        {
            WebApplication.CreateBuilder(args).Build().Run();
        }
        [|catch|]
        {
        }
        """));

    [Theory]
    [InlineData("1", true)]
    [InlineData("0", false)]
    public Task ExitCodeOfTheProgramSaysThatItFailed(string code, bool passes)
    {
        var program = TestProject.Service($$"""
            try
            {
                WebApplication.CreateBuilder(args).Build().Run();
                return 0;
            }
            {{(passes ? "catch" : "[|catch|]")}}
            {
                return {{code}};
            }
            """);
        return passes ? RuleTest.PassesAsync<SCORE2009CaughtExceptionIsRecorded>(program) : RuleTest.FailsAsync<SCORE2009CaughtExceptionIsRecorded>(program);
    }

    [Fact]
    public Task LibraryIsJudged() => RuleTest.FailsAsync<SCORE2009CaughtExceptionIsRecorded>(TestProject.Library("Acme", "public class Reader { public void Read() { try { File.Delete(\"a\"); } [|catch|] { } } }"));

    [Fact]
    public Task GeneratedCodeIsNobodysToMend() => RuleTest.PassesAsync<SCORE2009CaughtExceptionIsRecorded>(
        Service("finally { }").WithSource("Reader.g.cs", "class Generated { public void Read() { try { File.Delete(\"a\"); } catch { } } }"));

    static TestProject Service(string clause) => TestProject.Service($$"""
        using System.Diagnostics;
        using System.Diagnostics.Metrics;

        WebApplication.CreateBuilder(args).Build().Run();

        class Reader(ILogger<Reader> logger)
        {
            static readonly Meter Meter = new("Reader");
            static readonly Counter<int> Failures = Meter.CreateCounter<int>("failures");

            int count;
            bool ok = true;
            readonly List<string> errors = [];

            object? Read(CancellationToken stopping)
            {
                try
                {
                    return File.ReadAllText("a");
                }
                {{clause}}
                return ok;
            }

            static void Handle(Exception e) => e.ToString();

            static bool Handled(Exception e) => e.HResult == 5;

            void Failed() => logger.LogError("failed {Count}", count);

            static void Clean() => File.Delete("a");

            readonly IReport report = null!;
            string state = "";

            void SetState(string now) => state = now;

            static void SetNothing() { }

            static void Login() => Logout();

            static void Logout() => File.Delete("b");

            static void Retry() => Retry();

            void Tell() => Failed();
        }

        interface IReport { void Failed(string text); }

        static class Queue { public static void AbandonMessage(object message) { } }

        record Result(string Text) { public static Result Failure(string text) => new(text); }

        abstract record Either { public sealed record Error(string Text) : Either; }

        enum Status { Empty, Failed }
        """);
}
