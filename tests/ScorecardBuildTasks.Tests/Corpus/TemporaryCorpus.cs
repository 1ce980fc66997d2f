namespace ScorecardBuildTasks.Tests.Corpus;

/// <summary>A file of expectations in a folder of its own.</summary>
sealed class TemporaryCorpus : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("scorecard corpus ").FullName;

    public TemporaryCorpus(string text) => File.WriteAllText(Path, text);

    public string Path => System.IO.Path.Combine(folder, "acme-shop.json");

    /// <summary>One service, of which one thing is expected.</summary>
    public static string Of(string rule, string expected) => $$"""
        {
          "repository": "acme/shop",
          "commit": "0123456789abcdef0123456789abcdef01234567",
          "services": [
            {
              "service": "src/Shop/Shop.csproj",
              "expectations": [
                {
                  "rule": "{{rule}}",
                  "expected": "{{expected}}",
                  "evidence": ["README.md:2"],
                  "why": "Because."{{(expected == "pass" ? """, "break": { "edits": [ { "delete": "README.md" } ] }""" : "")}}
                }
              ]
            }
          ]
        }
        """;

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
