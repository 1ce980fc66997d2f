namespace ScorecardBuildTasks.Tool.Doctor;

/// <summary>What is known of one link between a project and its scorecard.</summary>
enum Answer
{
    Ok,
    No,
    Unknown,
}

/// <summary>The links between a project and its scorecard, printed one a line as they are looked at.</summary>
sealed class Chain(TextWriter output)
{
    int count;
    string? first;

    /// <summary>Whether no link is broken, as far as is known.</summary>
    public bool Holds => first is null;

    /// <returns>Whether the link holds.</returns>
    /// <param name="what">A statement that is true when it holds.</param>
    /// <param name="fact">Why it holds; or what is the case instead, and what would change it.</param>
    public bool Add(Answer answer, string what, string fact)
    {
        output.WriteLine($"{++count,3}. {answer.ToString().ToLowerInvariant(),-7}  {what}: {fact.ReplaceLineEndings(" ")}");
        if (answer == Answer.No)
            first ??= $"{count}. {what}: {fact.ReplaceLineEndings(" ")}";
        return answer == Answer.Ok;
    }

    public bool Ok(string what, string fact) => Add(Answer.Ok, what, fact);

    public bool No(string what, string fact) => Add(Answer.No, what, fact);

    public bool Unknown(string what, string fact) => Add(Answer.Unknown, what, fact);

    public void End() => output.WriteLine($"first thing to fix: {first ?? "nothing"}");
}
