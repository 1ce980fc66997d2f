namespace ScorecardBuildTasks.Rules.Testing;

/// <summary>Tells from names whether a call asserts, by the words that assertion libraries and those who write helpers use.</summary>
static class AssertionName
{
    static readonly HashSet<string> Words = new(StringComparer.Ordinal) { "Assert", "Asserts", "Should", "Verify", "Verifies" };

    static readonly HashSet<string> FirstWords = new(StringComparer.Ordinal) { "Expect", "Throws" };

    static readonly HashSet<string> Types = new(StringComparer.Ordinal) { "Assert", "Asserts", "Assertion", "Assertions", "Should", "Verifier", "Verify", "Approvals" };

    /// <summary>What has no such word: NSubstitute, FakeItEasy, bUnit, Playwright, snapshots, property tests, and the call that throws unless the answer is a success.</summary>
    static readonly HashSet<string> Methods = new(StringComparer.Ordinal)
    {
        "Received", "ReceivedWithAnyArgs", "DidNotReceive", "DidNotReceiveWithAnyArgs", "InOrder",
        "MustHaveHappened", "MustHaveHappenedOnceExactly", "MustHaveHappenedOnceOrMore", "MustHaveHappenedOnceOrLess", "MustHaveHappenedTwiceExactly", "MustHaveHappenedANumberOfTimesMatching", "MustNotHaveHappened",
        "MarkupMatches", "WaitForAssertion", "WaitForAssertionAsync", "WaitForState", "WaitForStateAsync", "WaitForElement", "WaitForElements", "WaitForSelectorAsync", "WaitForURLAsync",
        "MatchSnapshot", "MatchInlineSnapshot", "QuickCheckThrowOnFailure", "VerboseCheckThrowOnFailure",
        "EnsureSuccessStatusCode",
    };

    /// <param name="type">The type, or what stands before the dot; null for an unqualified call.</param>
    public static bool Asserts(string? type, string method)
    {
        if (Methods.Contains(method) || (type is not null && (IsAssertionType(type) || (type, method) is ("Check", "That" or "ThatCode" or "ThatAsyncCode") or ("Snapshot", "Match"))))
            return true;
        var first = true;
        foreach (var word in WordsOf(method))
        {
            if (Words.Contains(word) || (first && FirstWords.Contains(word)))
                return true;
            first = false;
        }
        return false;
    }

    /// <summary>A word for asserting in libraries for tests (<c>PostAndEnsureBadRequestAsync</c>), and for preparing elsewhere (<c>EnsureCreated</c>).</summary>
    public static bool Ensures(string method) => WordsOf(method).Contains("Ensure");

    /// <summary><c>Assert</c>, <c>StringAssert</c>, <c>AssertEx</c>, <c>ILocatorAssertions</c>.</summary>
    public static bool IsAssertionType(string name) => WordsOf(name).Any(Types.Contains);

    /// <summary>The words of a name in camel case or with underscores: <c>Should_BeValid</c> has three.</summary>
    public static IEnumerable<string> WordsOf(string name)
    {
        var start = 0;
        for (var i = 1; i <= name.Length; i++)
        {
            if (i < name.Length && name[i] != '_' && (!char.IsUpper(name[i]) || (char.IsUpper(name[i - 1]) && (i + 1 == name.Length || !char.IsLower(name[i + 1])))))
                continue;
            var word = name.Substring(start, i - start).Trim('_');
            if (word.Length > 0)
                yield return word;
            start = i;
        }
    }
}
