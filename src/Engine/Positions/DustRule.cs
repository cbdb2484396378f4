using Granary.Engine.Market;

namespace Granary.Engine.Positions;

/// <summary>What is too small to be ordered. Orders that only reduce are free of the smallest notional, so a quantity is dust by step and lot alone.</summary>
public static class DustRule
{
    /// <summary>The smallest quantity that an order can have, base units, above 0.</summary>
    public static decimal QuantityMin(SymbolRules rules) => Math.Max(rules.StepSize, rules.QuantityMin);

    /// <summary>Whether a quantity, of either sign, is something and yet no order could close it.</summary>
    public static bool IsDust(decimal quantity, decimal quantityMin) => quantity != 0 && Math.Abs(quantity) < quantityMin;
}
