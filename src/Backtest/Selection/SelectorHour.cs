namespace Granary.Backtest.Selection;

/// <summary>A selector's account at the end of one candle, before what it then trades.</summary>
/// <param name="TimeMs">Milliseconds since the Unix epoch, UTC.</param>
/// <param name="Equity">Wallet plus unrealised PnL, quote units.</param>
/// <param name="LongNotional">Value of the longs, quote units.</param>
/// <param name="ShortNotional">Value of the shorts, 0 or more.</param>
/// <param name="LongPnl">What the longs gained since the candle before, after their costs.</param>
/// <param name="ShortPnl">What the shorts gained.</param>
/// <param name="Turnover">Notional traded since the candle before.</param>
/// <param name="Cost">Fees and slippage since the candle before.</param>
/// <param name="Funding">Received since the candle before; negative is paid.</param>
/// <param name="BenchmarkClose">Close of the benchmark; null where it has none.</param>
public readonly record struct SelectorHour(
    long TimeMs, decimal Equity, decimal LongNotional, decimal ShortNotional, decimal LongPnl, decimal ShortPnl, decimal Turnover, decimal Cost,
    decimal Funding, decimal? BenchmarkClose)
{
    /// <summary>Longs less shorts, as a multiple of equity; 0 when the equity is not above 0.</summary>
    public double NetExposure => Equity > 0 ? (double)((LongNotional - ShortNotional) / Equity) : 0;

    /// <summary>Longs and shorts, as a multiple of equity.</summary>
    public double GrossExposure => Equity > 0 ? (double)((LongNotional + ShortNotional) / Equity) : 0;
}
