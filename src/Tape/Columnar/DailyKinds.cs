using System.Globalization;
using Granary.Engine.Market;

namespace Granary.Tape.Columnar;

/// <summary>The kinds of daily tapes.</summary>
public static class DailyKinds
{
    private static readonly (long Ms, string Unit)[] Units = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1_000, "s"), (1, "ms")];

    /// <summary>Aggregate trades.</summary>
    public static DailyKind<AggTrade> AggTrades { get; } = new("aggTrades", t => t.Id, t => t.TimeMs);

    /// <summary>Single trades.</summary>
    public static DailyKind<SingleTrade> Trades { get; } = new("trades", t => t.Id, t => t.TimeMs);

    /// <summary>Best bid and ask. Where a source has no update ids, the time stands for them.</summary>
    public static DailyKind<BookTicker> BookTickers { get; } = new("bookTickers", t => t.UpdateId > 0 ? t.UpdateId : t.TimeMs, t => t.TimeMs);

    /// <summary>Mark price, index price and funding.</summary>
    public static DailyKind<MarkPrice> MarkPrices { get; } = new("markPrices", m => m.TimeMs, m => m.TimeMs);

    /// <summary>Funding settlements.</summary>
    public static DailyKind<FundingRate> FundingRates { get; } = new("fundingRates", f => f.TimeMs, f => f.TimeMs);

    /// <summary>Candles of one interval, for example "klines-1h". Candles of another interval or of fewer columns are another kind.</summary>
    /// <param name="layout">Klines, Ohlcv or Ohlc.</param>
    /// <param name="stepMs">The interval, milliseconds, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The layout has no candles, or the interval is not above 0.</exception>
    public static DailyKind<Kline> Klines(TapeLayout layout, long stepMs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepMs);
        var name = layout switch
        {
            TapeLayout.Klines => "klines",
            TapeLayout.Ohlcv => "ohlcv",
            TapeLayout.Ohlc => "ohlc",
            _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, "the layout has no candles"),
        };
        var (ms, unit) = Units.First(u => stepMs % u.Ms == 0);
        return new DailyKind<Kline>(string.Create(CultureInfo.InvariantCulture, $"{name}-{stepMs / ms}{unit}"), k => k.OpenTimeMs, k => k.OpenTimeMs);
    }
}
