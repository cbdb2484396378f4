namespace Granary.Engine.Protection;

/// <summary>What a completed bar tells a position's protection.</summary>
/// <param name="Open">First price, quote units.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="EmaOfi">EMA(5) of the bar's order flow imbalance, -1 to 1; null while it has no value.</param>
/// <param name="DeltaSlope">Least-squares slope of the cumulative delta, base units per bar; null while it has no value.</param>
public readonly record struct GuardBar(decimal Open, decimal High, decimal Low, decimal Close, double? EmaOfi, double? DeltaSlope);
