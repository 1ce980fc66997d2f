using System.Globalization;
using System.Text;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>The settings of an <c>appsettings.json</c> by their path, as .NET's configuration reads them: <c>Logging:Console:FormatterName</c>. What follows an error in the file is left out.</summary>
sealed class AppSettings
{
    readonly Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);

    public string? this[string path] => values.TryGetValue(path, out var value) ? value : null;

    public IEnumerable<KeyValuePair<string, string>> All => values;

    public static AppSettings Parse(string json)
    {
        var settings = new AppSettings();
        new Reader(json, settings.values).Read();
        return settings;
    }

    /// <summary>Reads JSON with comments and trailing commas, which settings may have.</summary>
    sealed class Reader(string json, Dictionary<string, string> values)
    {
        const int DeepestNesting = 64;

        int position;

        public void Read() => ReadValue("", 0);

        bool ReadValue(string path, int depth)
        {
            if (depth > DeepestNesting)
                return false;
            switch (Next())
            {
                case '{':
                    return ReadMembers(path, '}', depth);
                case '[':
                    return ReadMembers(path, ']', depth);
                case '"':
                    if (ReadString() is not { } text)
                        return false;
                    values[path] = text;
                    return true;
                default:
                    var start = position;
                    while (position < json.Length && (char.IsLetterOrDigit(json[position]) || json[position] is '+' or '-' or '.'))
                        position++;
                    if (position == start)
                        return false;
                    values[path] = json.Substring(start, position - start);
                    return true;
            }
        }

        /// <summary>The members of an object, or the elements of an array, which are known by their index.</summary>
        bool ReadMembers(string path, char end, int depth)
        {
            position++;
            for (var index = 0; Next() != end; index++)
            {
                var name = index.ToString(CultureInfo.InvariantCulture);
                if (end == '}')
                {
                    if (Next() != '"' || ReadString() is not { } key || Next() != ':')
                        return false;
                    position++;
                    name = key;
                }
                if (!ReadValue(path.Length == 0 ? name : $"{path}:{name}", depth + 1))
                    return false;
                if (Next() == ',')
                    position++;
                else if (Next() != end)
                    return false;
            }
            position++;
            return true;
        }

        string? ReadString()
        {
            var text = new StringBuilder();
            for (position++; position < json.Length && json[position] != '"'; position++)
            {
                if (json[position] != '\\')
                    text.Append(json[position]);
                else if (++position < json.Length)
                    text.Append(Unescaped());
            }
            return position++ < json.Length ? text.ToString() : null;
        }

        char Unescaped()
        {
            switch (json[position])
            {
                case 'n':
                    return '\n';
                case 't':
                    return '\t';
                case 'u' when position + 4 < json.Length && int.TryParse(json.Substring(position + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code):
                    position += 4;
                    return (char)code;
                default:
                    return json[position];
            }
        }

        /// <summary>The next character that says something; zero at the end.</summary>
        char Next()
        {
            while (position < json.Length)
            {
                if (char.IsWhiteSpace(json[position]) || json[position] == '\uFEFF')
                    position++;
                else if (string.CompareOrdinal(json, position, "//", 0, 2) == 0)
                    position = After("\n");
                else if (string.CompareOrdinal(json, position, "/*", 0, 2) == 0)
                    position = After("*/");
                else
                    return json[position];
            }
            return '\0';
        }

        int After(string end) => json.IndexOf(end, position, StringComparison.Ordinal) is >= 0 and var found ? found + end.Length : json.Length;
    }
}
