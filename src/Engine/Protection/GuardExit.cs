namespace Granary.Engine.Protection;

/// <summary>A wish to leave a position.</summary>
/// <param name="Reason">Which rule fired.</param>
/// <param name="Price">The price it fired at, quote units; in a backtest by bars the fill price.</param>
public readonly record struct GuardExit(ExitReason Reason, decimal Price);
