namespace ScorecardBuildTasks.Catalog;

/// <summary>What a value in a catalog file must look like. The shapes of a version make the table <see cref="CatalogSchema"/>; every mistake is said with its place.</summary>
abstract class CatalogShape
{
    /// <param name="path">The keys that lead to the value, as <c>metadata.links[0].url</c>.</param>
    public abstract void Check(YamlNode value, string path, ICollection<TextError> mistakes);

    protected static void Add(ICollection<TextError> mistakes, YamlNode at, string message) => mistakes.Add(new TextError(at.Line, at.Column, message));

    protected static string Name(string path) => path.Length == 0 ? "the document" : $"'{path}'";
}

/// <summary>A text, which may have to be of a form.</summary>
/// <param name="form">The form in words, to end "which is …"; null where any text will do.</param>
sealed class TextShape(int leastLength = 0, string? form = null, Func<string, bool>? fits = null) : CatalogShape
{
    public override void Check(YamlNode value, string path, ICollection<TextError> mistakes)
    {
        if (value.IsNull)
            Add(mistakes, value, $"{Name(path)} is empty");
        else if (value.Kind != YamlKind.Scalar)
            Add(mistakes, value, $"{Name(path)} is a {(value.Kind == YamlKind.Mapping ? "mapping" : "list")} where a text belongs");
        else if (!value.IsText)
            Add(mistakes, value, $"{Name(path)} is {value.Value}, which is no text without quotes");
        else if (value.Value!.Length < leastLength)
            Add(mistakes, value, value.Value.Length == 0 ? $"{Name(path)} is empty" : $"{Name(path)} is '{value.Value}', which is too short");
        else if (fits is not null && !fits(value.Value))
            Add(mistakes, value, $"{Name(path)} is '{value.Value}', which is {form}");
    }
}

sealed class ListShape(CatalogShape item, int least = 0) : CatalogShape
{
    public override void Check(YamlNode value, string path, ICollection<TextError> mistakes)
    {
        if (value.Kind != YamlKind.Sequence)
            Add(mistakes, value, value.IsNull ? $"{Name(path)} is empty" : $"{Name(path)} is no list");
        else if (value.Items.Count < least)
            Add(mistakes, value, $"{Name(path)} is empty");
        for (var i = 0; i < value.Items.Count; i++)
            item.Check(value.Items[i], $"{path}[{i}]", mistakes);
    }
}

/// <summary>A mapping with the keys of its table; a key that ends in <c>!</c> must be there. Open: other keys may be there too.</summary>
sealed class MapShape : CatalogShape
{
    readonly Dictionary<string, CatalogShape> keys = new(StringComparer.Ordinal);
    readonly List<string> required = [];
    readonly bool isOpen;
    readonly Action<YamlNode, string, ICollection<TextError>>? also;

    /// <param name="also">What one key says about another.</param>
    public MapShape(bool isOpen, Action<YamlNode, string, ICollection<TextError>>? also, params (string Key, CatalogShape Shape)[] keys)
    {
        (this.isOpen, this.also) = (isOpen, also);
        foreach (var (key, shape) in keys)
        {
            this.keys.Add(key.TrimEnd('!'), shape);
            if (key[key.Length - 1] == '!')
                required.Add(key.TrimEnd('!'));
        }
    }

    public override void Check(YamlNode value, string path, ICollection<TextError> mistakes)
    {
        if (value.Kind != YamlKind.Mapping)
        {
            Add(mistakes, value, value.IsNull ? $"{Name(path)} is empty" : $"{Name(path)} is no mapping of keys to values");
            return;
        }
        foreach (var entry in value.Entries)
        {
            var inner = path.Length == 0 ? entry.Key : $"{path}.{entry.Key}";
            if (keys.TryGetValue(entry.Key, out var shape))
                shape.Check(entry.Value, inner, mistakes);
            else if (!isOpen)
                mistakes.Add(new TextError(entry.Line, entry.Column, $"'{inner}' is no key of this version"));
        }
        foreach (var key in required)
        {
            if (value[key] is null)
                Add(mistakes, value, $"'{key}' is missing{(path.Length == 0 ? "" : $" in '{path}'")}");
        }
        also?.Invoke(value, path, mistakes);
    }
}
