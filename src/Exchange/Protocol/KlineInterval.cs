namespace Granary.Exchange.Protocol;

/// <summary>Candle intervals of the venue. Weeks begin on Monday, months on their first day, UTC; the rest divides time since the Unix epoch.</summary>
internal static class KlineInterval
{
    private const long DayMs = 86_400_000;
    private const long WeekMs = 7 * DayMs;

    /// <summary>1970-01-05, the first Monday.</summary>
    private const long MondayMs = 4 * DayMs;

    /// <summary>Milliseconds of an interval, 0 for a month, or null when the venue has no such interval.</summary>
    public static long? FindMs(string interval) => interval switch
    {
        "1m" => 60_000,
        "3m" => 180_000,
        "5m" => 300_000,
        "15m" => 900_000,
        "30m" => 1_800_000,
        "1h" => 3_600_000,
        "2h" => 7_200_000,
        "4h" => 14_400_000,
        "6h" => 21_600_000,
        "8h" => 28_800_000,
        "12h" => 43_200_000,
        "1d" => DayMs,
        "3d" => 3 * DayMs,
        "1w" => WeekMs,
        "1M" => 0,
        _ => null,
    };

    /// <summary>Opening time of the candle that a moment belongs to.</summary>
    public static long OpenMs(long intervalMs, long timeMs)
    {
        if (intervalMs == WeekMs) return ((timeMs - MondayMs) / WeekMs * WeekMs) + MondayMs;
        if (intervalMs != 0) return timeMs / intervalMs * intervalMs;
        var moment = DateTimeOffset.FromUnixTimeMilliseconds(timeMs);
        return new DateTimeOffset(moment.Year, moment.Month, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    }

    /// <summary>Opening time of the next candle.</summary>
    public static long NextMs(long intervalMs, long openMs) =>
        intervalMs != 0 ? openMs + intervalMs : DateTimeOffset.FromUnixTimeMilliseconds(openMs).AddMonths(1).ToUnixTimeMilliseconds();
}
