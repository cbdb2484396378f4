using Granary.Engine.Market;
using Granary.Engine.Orders;

namespace Granary.Engine.Grid;

/// <content>What no plan of the grid brought about: lots closed by somebody else, and orders that only their names tell of.</content>
public sealed partial class MakerGrid
{
    /// <summary>
    /// Takes that somebody else (an operator, the venue, a stop) closed a part of what the grid holds: lots are taken off the ladder from the limit on, those with
    /// the longest way home first, and their take-profits become as much smaller with the next plan.
    /// </summary>
    /// <param name="side">Side of that trade: a sale takes from the long ladder.</param>
    /// <param name="quantityE8">Base units, E8, above 0.</param>
    /// <param name="priceE8">Quote units, E8, above 0.</param>
    /// <returns>What the ladder did not hold, base units, E8.</returns>
    /// <exception cref="ArgumentException">Quantity or price are not above 0.</exception>
    public long OnReduced(OrderSide side, long quantityE8, long priceE8)
    {
        GridCheck.Require(nameof(quantityE8), quantityE8, quantityE8 > 0, "above 0");
        GridCheck.Require(nameof(priceE8), priceE8, priceE8 > 0, "above 0");
        foreach (var ladder in _ladders)
            if ((int)ladder.Side == -(int)side) quantityE8 = ladder.Reduce(quantityE8, priceE8);
        return quantityE8;
    }

    /// <summary>Whether an order carries any virtual one.</summary>
    public bool IsCarrying(long id)
    {
        foreach (var ladder in _ladders)
            if (ladder.IsCarrying(id)) return true;
        return false;
    }

    /// <summary>
    /// Binds an order to the virtual order that its client order id names, after the state of the grid was lost: its fills then find their rung. The rung of that
    /// number counts if its level has the order's price, else the one whose level is nearest to it. An order that carried several rungs is the first one's.
    /// </summary>
    /// <param name="id">The order's sequence number, above 0.</param>
    /// <param name="name">What it was named after.</param>
    /// <param name="priceE8">Its price, E8; 0 for a market order.</param>
    /// <returns>False when the grid has no such ladder, or no rung yet, or the rung holds nothing that the order could close.</returns>
    /// <exception cref="ArgumentException">The id is not above 0.</exception>
    public bool Recall(long id, RungName name, long priceE8)
    {
        GridCheck.Require(nameof(id), id, id > 0, "above 0");
        foreach (var ladder in _ladders)
            if (ladder.Side == name.Side) return ladder.Recall(id, name, priceE8);
        return false;
    }
}
