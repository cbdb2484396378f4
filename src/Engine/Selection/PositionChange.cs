using Granary.Engine.Orders;

namespace Granary.Engine.Selection;

/// <summary>What has to be traded in one symbol to come to its target.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Side">Which way.</param>
/// <param name="Quantity">Base units, above 0.</param>
/// <param name="Price">The price it was planned at, quote units.</param>
/// <param name="IsReduction">Whether it only makes a position smaller.</param>
public sealed record PositionChange(string Symbol, OrderSide Side, decimal Quantity, decimal Price, bool IsReduction)
{
    /// <summary>Quantity times price, quote units.</summary>
    public decimal Notional => Quantity * Price;

    /// <summary>Base units; negative when sold.</summary>
    public decimal SignedQuantity => (int)Side * Quantity;
}
