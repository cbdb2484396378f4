namespace Granary.Backtest.Parity;

/// <summary>An order of the live run and the one of the backtest that is for the same; one of the two may be missing.</summary>
/// <param name="Key">What both are for: the entry's intent; of an exit, its entry's intent and which exit of it.</param>
/// <param name="Live">The live run's; null when it has none.</param>
/// <param name="Backtest">The backtest's; null when it has none.</param>
/// <param name="Differences">What differs, and what it comes from.</param>
public sealed record OrderPair(string Key, LoggedOrder? Live, LoggedOrder? Backtest, IReadOnlyList<OverlayDifference> Differences)
{
    /// <summary>Whether both sides have it.</summary>
    public bool IsMatched => Live is not null && Backtest is not null;

    /// <summary>Whether the fill model explains every difference.</summary>
    public bool IsExplained => Differences.All(d => d.Kind != DifferenceKind.Unexplained);

    /// <summary>How much worse the live fills were than the model's, a share of the price; null without fills on both sides.</summary>
    public double? SlippageVersusModel => Live is { Price: { } live } && Backtest is { Price: { } model } ? (double)((live - model) / model) * (int)Live.Side : null;

    /// <summary>How much later the live order was filled than the model's, milliseconds; null without fills on both sides.</summary>
    public long? DelayVersusModelMs => Live is { Fills.Count: > 0 } && Backtest is { Fills.Count: > 0 } ? Live.LastMs - Backtest.LastMs : null;
}
