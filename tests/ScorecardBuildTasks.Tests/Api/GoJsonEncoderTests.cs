using ScorecardBuildTasks.Server.Api;

namespace ScorecardBuildTasks.Tests.Api;

public sealed class GoJsonEncoderTests
{
    [Theory]
    [InlineData("checkout, 'v2' +1", "checkout, 'v2' +1")]
    [InlineData("é · 😀", "é · 😀")]
    [InlineData("é <b>😀</b> & \"\\\"", @"é \u003cb\u003e😀\u003c/b\u003e \u0026 \""\\\""")]
    [InlineData("\b\f\n\r\t\u0001\u007f\u2028\u2029", @"\b\f\n\r\t\u0001" + "\u007f" + @"\u2028\u2029")]
    public void TextIsEscapedAsByGo(string text, string escaped) => Assert.Equal(escaped, GoJsonEncoder.Instance.Encode(text));

    [Fact]
    public void HalfAPairIsReplaced() => Assert.Equal("é\ufffd.\ufffd", GoJsonEncoder.Instance.Encode("é\ud83d.\ude00"));
}
