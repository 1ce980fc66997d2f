using System.Globalization;
using System.Text.Json.Serialization;
using ScorecardBuildTasks.Client.Json;

namespace ScorecardBuildTasks.Client;

/// <summary>A moment as the API writes it: RFC 3339 in UTC with up to nine decimals, which <see cref="DateTimeOffset"/> cannot hold.</summary>
[JsonConverter(typeof(TimestampConverter))]
public readonly record struct Timestamp(long UnixNanoseconds) : IComparable<Timestamp>
{
    const long NanosecondsPerSecond = 1_000_000_000;

    public static implicit operator Timestamp(DateTimeOffset moment) => new((moment.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100);

    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.UnixEpoch.AddTicks(FloorDivide(UnixNanoseconds, 100));

    public int CompareTo(Timestamp other) => UnixNanoseconds.CompareTo(other.UnixNanoseconds);

    /// <summary>The form on the wire; zeros at the end of the fraction are left out, as the API does.</summary>
    public override string ToString()
    {
        var seconds = FloorDivide(UnixNanoseconds, NanosecondsPerSecond);
        var text = DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        var fraction = (UnixNanoseconds - seconds * NanosecondsPerSecond).ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        return fraction.Length == 0 ? text + "Z" : $"{text}.{fraction}Z";
    }

    public static bool TryParse(string? text, out Timestamp timestamp)
    {
        timestamp = default;
        if (text is null)
            return false;

        // DateTimeOffset would round the fraction to seven decimals, so it is read apart.
        var (point, end, nanoseconds) = (text.IndexOf('.'), text.Length, 0L);
        if (point >= 0)
        {
            var length = text.AsSpan(point + 1).IndexOfAnyExceptInRange('0', '9') is var other and >= 0 ? other : text.Length - point - 1;
            end = point + 1 + length;
            for (var i = 0; i < 9; i++)
                nanoseconds = nanoseconds * 10 + (i < length ? text[point + 1 + i] - '0' : 0);
        }
        var whole = point < 0 ? text : text.Remove(point, end - point);
        if (!DateTimeOffset.TryParseExact(whole, "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return false;
        // What fits into 64 bits of nanoseconds.
        if (moment.Year is < 1678 or > 2261)
            return false;

        timestamp = new Timestamp(moment.ToUnixTimeSeconds() * NanosecondsPerSecond + nanoseconds);
        return true;
    }

    static long FloorDivide(long value, long divisor) => Math.DivRem(value, divisor) is var (quotient, rest) && rest < 0 ? quotient - 1 : quotient;
}
