using Granary.Engine.Market;

namespace Granary.Backtest.Feeds;

/// <summary>A candle's decimals as scaled integers, for the path that takes every candle.</summary>
internal static class CandlePrice
{
    private static ReadOnlySpan<long> PowersOfTen => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    /// <summary>Times 10^8, truncated: what the general conversion gives, without its division where there are at most eight decimals.</summary>
    /// <exception cref="OverflowException">The value is outside the range of <see cref="Fixed8"/>.</exception>
    public static long ToE8(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var scale = (bits[3] >> 16) & 0xFF;
        if (bits[2] != 0 || bits[1] < 0 || scale > Fixed8.Decimals) return (long)(value * Fixed8.One);
        var magnitude = ((long)bits[1] << 32) | (uint)bits[0];
        var e8 = checked(magnitude * PowersOfTen[Fixed8.Decimals - scale]);
        return bits[3] < 0 ? -e8 : e8;
    }
}
