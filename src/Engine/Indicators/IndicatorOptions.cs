namespace Granary.Engine.Indicators;

/// <summary>The parameters of an <see cref="IndicatorSet"/>; windows are counted in candles and may be 1 to 100,000 unless said otherwise.</summary>
public sealed record IndicatorOptions
{
    /// <summary>Prices in the forecast oscillator (§6.2), default 14.</summary>
    public int CfoWindow { get; init; } = 14;

    /// <summary>Prices in the Pascal average (§6.3), default 10.</summary>
    public int PwmaWindow { get; init; } = 10;

    /// <summary>Candles in the relative vigor index (§6.4), default 10.</summary>
    public int RviWindow { get; init; } = 10;

    /// <summary>Changes in the relative strength index (§7.3), default 14.</summary>
    public int RsiWindow { get; init; } = 14;

    /// <summary>Span of the fast EMA of the MACD (§7.4), default 12.</summary>
    public int MacdFastWindow { get; init; } = 12;

    /// <summary>Span of the slow EMA of the MACD (§7.4), default 26.</summary>
    public int MacdSlowWindow { get; init; } = 26;

    /// <summary>Span of the signal line of the MACD (§7.4), default 9.</summary>
    public int MacdSignalWindow { get; init; } = 9;

    /// <summary>True ranges that seed Wilder's average (§7.5), default 14.</summary>
    public int AtrWindow { get; init; } = 14;

    /// <summary>True ranges in the simple average (§2.8), default 100.</summary>
    public int AtrSimpleWindow { get; init; } = 100;

    /// <summary>Changes in the efficiency ratio of the adaptive average (§7.6), default 10.</summary>
    public int KamaWindow { get; init; } = 10;

    /// <summary>Span of the adaptive average at its fastest (§7.6), default 2.</summary>
    public int KamaFast { get; init; } = 2;

    /// <summary>Span of the adaptive average at its slowest (§7.6), default 30.</summary>
    public int KamaSlow { get; init; } = 30;

    /// <summary>Candles in Chaikin's money flow (§7.7), default 20.</summary>
    public int CmfWindow { get; init; } = 20;

    /// <summary>Prices in the fast average of the crossover (§7.1), default 10.</summary>
    public int SmaFastWindow { get; init; } = 10;

    /// <summary>Prices in the slow average of the crossover (§7.1), default 30.</summary>
    public int SmaSlowWindow { get; init; } = 30;

    /// <summary>Span of both kinds of EMA (§0.6, §7.2), default 20.</summary>
    public int EmaWindow { get; init; } = 20;

    /// <summary>The GARCH parameters (§7.8).</summary>
    public GarchParameters Garch { get; init; } = new(2e-8, 0.08, 0.9);

    /// <summary>Returns whose mean square starts the GARCH recursion (§7.8), default 100.</summary>
    public int GarchWarmUp { get; init; } = 100;

    /// <summary>Steps ahead of the second GARCH forecast (§7.8), 1 or more, default 10.</summary>
    public int GarchHorizon { get; init; } = 10;

    /// <summary>Prices in the z-score of the price (§0.5), default 20.</summary>
    public int ZScoreWindow { get; init; } = 20;
}
