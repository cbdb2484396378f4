namespace Granary.Exchange.Markets;

/// <summary>Funding times: multiples of the interval since midnight UTC.</summary>
internal static class Funding
{
    public static long NextTimeMs(long timeMs, int intervalHours)
    {
        var interval = intervalHours * 3_600_000L;
        return ((timeMs / interval) + 1) * interval;
    }
}
