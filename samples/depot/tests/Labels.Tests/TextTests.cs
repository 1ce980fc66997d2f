namespace Labels.Tests;

public sealed class TextTests
{
    [Fact]
    public void TextIsWrapped()
    {
        var text = string.Join('\n', "a long text".Split(' '));
        _ = text.Length;
    }

    [Fact(Skip = "TODO")]
    public void TextIsCut() => Assert.Equal(3, "a long text"[..3].Length);
}
