using System.Data.Common;
using Microsoft.AspNetCore.Http;
using ScorecardBuildTasks.Server.Access;
using ScorecardBuildTasks.Server.Api;
using ScorecardBuildTasks.Server.Data;
using ScorecardBuildTasks.Server.Limits;

namespace ScorecardBuildTasks.Server;

/// <summary>What every request passes through on its way to an operation.</summary>
sealed class RequestPipeline(ScorecardServerOptions options, Database database, AccessControl access, RequestLog requests)
{
    readonly RateLimiter limiter = new(options.RateLimit, options.TimeProvider);

    /// <summary>Notes each request with its answer's status, under an id that the caller is told.</summary>
    public async Task LogAsync(HttpContext context, RequestDelegate next)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers["X-Request-Id"] = context.TraceIdentifier;
        // Before the answer leaves, so that whoever has it finds it in the log.
        response.OnStarting(() =>
        {
            requests.Add(new ServedRequest(request.Method, request.Path + request.QueryString, response.StatusCode));
            return Task.CompletedTask;
        });
        await next(context);
        Telemetry.Describe(context);
    }

    /// <summary>Turns what an operation throws into an answer.</summary>
    public async Task AnswerProblemsAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (ApiProblem problem)
        {
            await context.Response.WriteAsync(problem);
        }
        catch (BadHttpRequestException malformed)
        {
            await context.Response.WriteEdgeErrorAsync(malformed.StatusCode, malformed.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer; 499 is what logs call that.
            context.Response.StatusCode = 499;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            options.Log($"{context.Request.Method} {context.Request.Path} failed: {exception}");
            await context.Response.WriteEdgeErrorAsync(500, "Internal Server Error");
        }
    }

    /// <summary>Lets a request through to its operation if the caller may, has not asked too often, and no fault is due.</summary>
    public async Task AdmitAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Operation>() is not { } operation)
        {
            await next(context);
            return;
        }

        var caller = await access.IdentifyAsync(context.Request);
        if (caller is null or { Scopes: AccessScopes.None })
        {
            // Whoever guesses at keys is another caller each time, but comes from one address.
            if (await limiter.AdmitAsync(context, $"{context.Connection.RemoteIpAddress}"))
                await context.Response.WriteEdgeErrorAsync(caller is null ? 401 : 403, caller is null ? "Unauthorized" : "Forbidden");
        }
        else if (!caller.Scopes.HasFlag(operation.Scopes) && !operation.TellsErrorsAsObjects)
            await context.Response.WriteEdgeErrorAsync(403, "Forbidden");
        else if (!caller.Scopes.HasFlag(operation.Scopes))
            await context.Response.WriteAsync(new ApiProblem(403, "Forbidden"));
        else if (await limiter.AdmitAsync(context, caller.Hash) && (options.Faults is null || await options.Faults.AdmitAsync(context, options.FaultRandom, options.TimeProvider)))
            await next(context);
    }

    /// <summary>Says whether the database answers.</summary>
    public async Task AnswerHealthAsync(HttpContext context)
    {
        try
        {
            await database.ReadAsync(session => session.FindAsync<long>("SELECT MAX(version) FROM scorecard_schema"), context.RequestAborted);
            await context.Response.WriteAsync("healthy", context.RequestAborted);
        }
        catch (DbException exception)
        {
            options.Log($"The database does not answer: {exception.Message}");
            context.Response.StatusCode = 503;
            await context.Response.WriteAsync("the database does not answer", context.RequestAborted);
        }
    }
}
