using System.Globalization;
using System.Text.Json.Serialization;
using ScorecardBuildTasks.Client.Json;

namespace ScorecardBuildTasks.Client;

/// <summary>A moment as the API writes it: RFC 3339 in UTC with up to nine decimals, which <see cref="DateTimeOffset"/> cannot hold.</summary>
[JsonConverter(typeof(TimestampConverter))]
public readonly record struct Timestamp : IComparable<Timestamp>
{
    const int NanosecondsPerTick = 100;

    /// <param name="unixSeconds">Whole seconds since 1970, negative before; within the years 1 to 9999.</param>
    /// <param name="nanosecond">Nanoseconds since that second began: 0 to 999,999,999.</param>
    public Timestamp(long unixSeconds, int nanosecond)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(unixSeconds, DateTimeOffset.MinValue.ToUnixTimeSeconds());
        ArgumentOutOfRangeException.ThrowIfGreaterThan(unixSeconds, DateTimeOffset.MaxValue.ToUnixTimeSeconds());
        ArgumentOutOfRangeException.ThrowIfNegative(nanosecond);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nanosecond, 999_999_999);
        UnixSeconds = unixSeconds;
        Nanosecond = nanosecond;
    }

    /// <summary>Apart from the nanoseconds, since 64 bits of those end in the year 2262.</summary>
    public long UnixSeconds { get; }

    public int Nanosecond { get; }

    public static implicit operator Timestamp(DateTimeOffset moment) =>
        new(moment.ToUnixTimeSeconds(), (int)(moment.UtcTicks % TimeSpan.TicksPerSecond) * NanosecondsPerTick);

    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.FromUnixTimeSeconds(UnixSeconds).AddTicks(Nanosecond / NanosecondsPerTick);

    public int CompareTo(Timestamp other) => (UnixSeconds, Nanosecond).CompareTo((other.UnixSeconds, other.Nanosecond));

    /// <summary>The form on the wire; zeros at the end of the fraction are left out, as the API does.</summary>
    public override string ToString()
    {
        var text = DateTimeOffset.FromUnixTimeSeconds(UnixSeconds).ToString("s", CultureInfo.InvariantCulture);
        var fraction = Nanosecond.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        return fraction.Length == 0 ? text + "Z" : $"{text}.{fraction}Z";
    }

    public static bool TryParse(string? text, out Timestamp timestamp)
    {
        timestamp = default;
        if (text is null)
            return false;

        // DateTimeOffset would round the fraction to seven decimals, so it is read apart.
        var (point, end, nanosecond) = (text.IndexOf('.'), text.Length, 0);
        if (point >= 0)
        {
            var length = text.AsSpan(point + 1).IndexOfAnyExceptInRange('0', '9') is var other and >= 0 ? other : text.Length - point - 1;
            end = point + 1 + length;
            for (var i = 0; i < 9; i++)
                nanosecond = nanosecond * 10 + (i < length ? text[point + 1 + i] - '0' : 0);
        }
        var whole = point < 0 ? text : text.Remove(point, end - point);
        if (!DateTimeOffset.TryParseExact(whole, "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return false;

        timestamp = new Timestamp(moment.ToUnixTimeSeconds(), nanosecond);
        return true;
    }
}
