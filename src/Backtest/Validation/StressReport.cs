namespace Granary.Backtest.Validation;

/// <summary>A run through a stress beside the run without.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="AtMs">When, milliseconds since the Unix epoch, UTC.</param>
/// <param name="NetPnl">Change of equity, quote units.</param>
/// <param name="Difference">The same less that of the run without the stress.</param>
/// <param name="DeepestDrawdown">0 or negative.</param>
/// <param name="Liquidations">Forced liquidations.</param>
/// <param name="Trades">Closed trades.</param>
public sealed record StressReport(StressKind Kind, long AtMs, decimal NetPnl, decimal Difference, double DeepestDrawdown, int Liquidations, int Trades);
