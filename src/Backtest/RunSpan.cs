namespace Granary.Backtest;

/// <summary>A part of a tape, milliseconds since the Unix epoch, UTC.</summary>
/// <param name="FromMs">First event; what comes before trading begins only warms up.</param>
/// <param name="TradeFromMs">Where trading begins.</param>
/// <param name="ToMs">The end, exclusive.</param>
public readonly record struct RunSpan(long FromMs, long TradeFromMs, long ToMs)
{
    /// <summary>All of a tape.</summary>
    public static RunSpan All { get; } = new(long.MinValue, long.MinValue, long.MaxValue);

    /// <summary>The options for this part.</summary>
    public BacktestOptions Apply(BacktestOptions options) => options with { FromMs = FromMs, TradeFromMs = TradeFromMs, ToMs = ToMs };
}
