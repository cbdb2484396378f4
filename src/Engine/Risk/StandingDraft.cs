using Granary.Engine.Grid;
using Granary.Engine.Orders;

namespace Granary.Engine.Risk;

/// <summary>An order, or an order's new terms, that is to be minted from a standing approval.</summary>
/// <param name="Purpose">An entry opens, the others close what is held.</param>
/// <param name="Rung">The rung it is named after.</param>
/// <param name="Number">Its own number.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Quantity">Base units.</param>
/// <param name="OpeningQuantity">The part of it that opens, base units; the rest closes what is held on the other side.</param>
/// <param name="Price">Quote units; null for a market order, which only a close may be.</param>
/// <param name="ReduceOnly">Whether it may only make the position smaller.</param>
/// <param name="StopPrice">The global stop of the position that it opens or closes, quote units; null for none.</param>
public readonly record struct StandingDraft(
    GridPurpose Purpose, int Rung, long Number, OrderSide Side, decimal Quantity, decimal OpeningQuantity, decimal? Price, bool ReduceOnly, decimal? StopPrice);
