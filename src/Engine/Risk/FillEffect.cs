namespace Granary.Engine.Risk;

/// <summary>What a fill did to the account.</summary>
/// <param name="NetPnl">Realised by it less its fee, quote units.</param>
/// <param name="Fee">Its fee in the margin asset; 0 for fees in other assets.</param>
/// <param name="ClosedStrategy">The strategy whose trade it closed, or null when it closed none that counts as a strategy's.</param>
/// <param name="ClosedNet">Net PnL of that trade from its entry to now, quote units.</param>
internal readonly record struct FillEffect(decimal NetPnl, decimal Fee, string? ClosedStrategy, decimal ClosedNet);
