namespace Granary.Engine.Sizing;

/// <summary>A size and every term that led to it.</summary>
/// <param name="RiskAmount">Equity times risk per trade, quote units.</param>
/// <param name="Base">Risk divided by the stop distance, base units.</param>
/// <param name="Raw">Base times all factors, base units.</param>
/// <param name="CapPosition">Cap on one position, base units.</param>
/// <param name="CapDirection">Cap on the direction, base units.</param>
/// <param name="Capped">The smallest of raw and the two caps, base units, not rounded.</param>
/// <param name="Quantity">Capped, rounded down to the step; 0 when refused.</param>
/// <param name="Binding">Which term was the smallest.</param>
/// <param name="Refusal">Why the quantity is 0, or None.</param>
public readonly record struct SizingResult(
    decimal RiskAmount, decimal Base, decimal Raw, decimal CapPosition, decimal CapDirection, decimal Capped, decimal Quantity, SizingCap Binding,
    SizingRefusal Refusal);
