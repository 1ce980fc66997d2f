using System.Net;

namespace ScorecardBuildTasks.Client;

/// <summary>The one exception for a call that the API refused, or to which no usable answer came in time.</summary>
public sealed class ScorecardApiException : Exception
{
    internal ScorecardApiException(
        string request, HttpStatusCode? status, IReadOnlyList<ScorecardApiError> errors, string? requestId, string? hint, Exception? inner = null)
        : base(Describe(request, status, errors, requestId, hint), inner)
    {
        Status = status;
        Errors = errors;
        RequestId = requestId;
        Hint = hint;
    }

    /// <summary>The answer's status; null where there was no answer.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>What the API said, whichever of its two error shapes it used; empty where it said nothing that could be read.</summary>
    public IReadOnlyList<ScorecardApiError> Errors { get; }

    /// <summary>The id to tell the API's support, if the answer carried one.</summary>
    public string? RequestId { get; }

    /// <summary>What usually helps with this status, if anything does.</summary>
    public string? Hint { get; }

    static string Describe(string request, HttpStatusCode? status, IReadOnlyList<ScorecardApiError> errors, string? requestId, string? hint)
    {
        var text = status is { } code ? $"{request} answered {(int)code}" : $"{request} got no answer";
        if (errors.Count > 0)
            text += ": " + string.Join("; ", errors);
        if (hint is not null)
            text += $". {hint}";
        return requestId is null ? text : $"{text} (request {requestId})";
    }
}
