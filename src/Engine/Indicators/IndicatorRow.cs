namespace Granary.Engine.Indicators;

/// <summary>The indicators of one candle. Null means "no value yet"; it never means 0. Prices are quote units, volumes base units.</summary>
public readonly record struct IndicatorRow
{
    /// <summary>The candle's open time, milliseconds since the Unix epoch, UTC.</summary>
    public required long OpenTimeMs { get; init; }

    /// <summary>Forecast oscillator, per cent (§6.2).</summary>
    public required double? Cfo { get; init; }

    /// <summary>Pascal average (§6.3).</summary>
    public required double? Pwma { get; init; }

    /// <summary>Relative vigor index (§6.4).</summary>
    public required double? Rvi { get; init; }

    /// <summary>Its signal line (§6.4).</summary>
    public required double? RviSignal { get; init; }

    /// <summary>Relative strength index, 0 to 100 (§7.3).</summary>
    public required double? Rsi { get; init; }

    /// <summary>MACD line (§7.4).</summary>
    public required double? Macd { get; init; }

    /// <summary>MACD signal line (§7.4).</summary>
    public required double? MacdSignal { get; init; }

    /// <summary>MACD line minus signal line (§7.4).</summary>
    public required double? MacdHistogram { get; init; }

    /// <summary>True range; the first candle has none (§5.1).</summary>
    public required double? TrueRange { get; init; }

    /// <summary>Wilder's average true range (§7.5).</summary>
    public required double? AtrWilder { get; init; }

    /// <summary>Simple mean of the true ranges (§2.8).</summary>
    public required double? AtrSimple { get; init; }

    /// <summary>Adaptive average (§7.6).</summary>
    public required double? Kama { get; init; }

    /// <summary>Chaikin's money flow, -1 to 1 (§7.7).</summary>
    public required double? Cmf { get; init; }

    /// <summary>On-balance volume, exact (§7.7).</summary>
    public required decimal Obv { get; init; }

    /// <summary>Fast simple average (§7.1).</summary>
    public required double? SmaFast { get; init; }

    /// <summary>Slow simple average (§7.1).</summary>
    public required double? SmaSlow { get; init; }

    /// <summary>1 when the fast average is above the slow one, else 0 (§7.1).</summary>
    public required int? SmaSignal { get; init; }

    /// <summary>EMA that starts with the first price, with a value from there (§0.6).</summary>
    public required double Ema { get; init; }

    /// <summary>EMA that starts with a simple mean (§7.2).</summary>
    public required double? EmaSmaSeeded { get; init; }

    /// <summary>GARCH variance forecast for the next candle's log return (§7.8).</summary>
    public required double? GarchVarianceNext { get; init; }

    /// <summary>GARCH variance forecast for the log return some candles ahead (<see cref="IndicatorOptions.GarchHorizon"/>; §7.8).</summary>
    public required double? GarchVarianceAhead { get; init; }

    /// <summary>Z-score of the close (§0.5).</summary>
    public required double? ZScore { get; init; }
}
