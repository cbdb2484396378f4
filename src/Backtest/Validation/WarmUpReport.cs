namespace Granary.Backtest.Validation;

/// <summary>The orders of a run that warmed up for some time beside those of the longest warm-up.</summary>
/// <param name="WarmUpMs">Time before trading began, milliseconds.</param>
/// <param name="Orders">Orders.</param>
/// <param name="Different">Orders that one has and the other has not.</param>
public sealed record WarmUpReport(long WarmUpMs, int Orders, int Different);
