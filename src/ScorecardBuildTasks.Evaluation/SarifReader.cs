using System.Text.Json;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>The few verbs the error log's reader is written in, on the framework's forward-only JSON reader, which is fed from a stream block by block: how long the log is takes no memory.</summary>
ref struct SarifReader
{
    const int BlockSize = 64 * 1024;

    readonly Stream stream;
    byte[] buffer = new byte[BlockSize];
    int length;
    long passed;
    Utf8JsonReader json;

    public SarifReader(Stream stream)
    {
        this.stream = stream;
        json = new Utf8JsonReader([], isFinalBlock: false, state: default);
        Fill();
        if (buffer.AsSpan(0, length).StartsWith("\uFEFF"u8))
            json = new Utf8JsonReader(buffer.AsSpan(3, length - 3), isFinalBlock: json.IsFinalBlock, state: default);
    }

    public readonly JsonTokenType TokenType => json.TokenType;

    public readonly int Depth => json.CurrentDepth;

    /// <summary>The text as it stands in the log, escapes and all.</summary>
    public readonly ReadOnlySpan<byte> RawText => json.ValueSpan;

    public bool Read()
    {
        while (!json.Read())
        {
            if (json.IsFinalBlock)
                return false;
            Fill();
        }

        return true;
    }

    public readonly bool TextEquals(ReadOnlySpan<byte> utf8) => json.ValueTextEquals(utf8);

    public readonly string? Text() => json.GetString();

    /// <summary>Moves to the next member of the object; false at its end.</summary>
    public bool ReadName()
    {
        Read();
        return json.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>Moves to the next element of the array; false at its end.</summary>
    public bool ReadElement()
    {
        Read();
        return json.TokenType != JsonTokenType.EndArray;
    }

    public void StartObject() => Start(JsonTokenType.StartObject, "an object");

    public void StartArray() => Start(JsonTokenType.StartArray, "an array");

    public void SkipValue()
    {
        Read();
        if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            SkipTo(json.CurrentDepth);
    }

    /// <summary>Moves to the end of the object or array that began at a depth.</summary>
    public void SkipTo(int depth)
    {
        while (json.CurrentDepth > depth || json.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
            Read();
    }

    public string? ReadText()
    {
        Read();
        return json.GetString();
    }

    public bool ReadFlag()
    {
        Read();
        return json.GetBoolean();
    }

    public int ReadNumber()
    {
        Read();
        return json.GetInt32();
    }

    /// <summary>An object of strings; members of other kinds are left out.</summary>
    public Dictionary<string, string> ReadTexts()
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        StartObject();
        while (ReadName())
        {
            var name = json.GetString()!;
            Read();
            if (json.TokenType == JsonTokenType.String)
                texts[name] = json.GetString()!;
            else if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                SkipTo(json.CurrentDepth);
        }

        return texts;
    }

    void Start(JsonTokenType token, string what)
    {
        if (json.TokenType != token)
            Read();
        if (json.TokenType != token)
            throw new InvalidDataException($"the log has {json.TokenType} where {what} is expected, at byte {passed + json.TokenStartIndex}");
    }

    /// <summary>Keeps what is not read yet, which is the beginning of one token, and reads on behind it.</summary>
    void Fill()
    {
        var read = (int)json.BytesConsumed;
        var rest = buffer.AsSpan(read, length - read);
        if (rest.Length == buffer.Length)
            Array.Resize(ref buffer, buffer.Length * 2);
        rest.CopyTo(buffer);
        passed += read;
        length = rest.Length + stream.ReadAtLeast(buffer.AsSpan(rest.Length), buffer.Length - rest.Length, throwOnEndOfStream: false);
        json = new Utf8JsonReader(buffer.AsSpan(0, length), isFinalBlock: length < buffer.Length, json.CurrentState);
    }
}
