namespace Granary.Engine.Selection;

/// <summary>A difference between target and position that is not traded.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Quantity">What is missing to the target, signed base units.</param>
/// <param name="Notional">Its value, quote units, 0 or more.</param>
/// <param name="Reason">Why it is left.</param>
public sealed record SkippedChange(string Symbol, decimal Quantity, decimal Notional, SkipReason Reason);
