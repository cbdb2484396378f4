namespace Granary.Engine.Risk;

/// <summary>What is held and in flight, seen from a planned order; notionals in quote units.</summary>
/// <param name="Position">In the order's symbol and direction.</param>
/// <param name="Opposite">In the order's symbol, other direction.</param>
/// <param name="Direction">In the order's direction, all symbols.</param>
/// <param name="GrossOthers">The larger direction of every other symbol, summed.</param>
internal readonly record struct ExposureUse(decimal Position, decimal Opposite, decimal Direction, decimal GrossOthers)
{
    /// <summary>Gross notional when the order adds an amount to its direction.</summary>
    internal decimal GrossWith(decimal notional) => GrossOthers + Math.Max(Position + notional, Opposite);
}
