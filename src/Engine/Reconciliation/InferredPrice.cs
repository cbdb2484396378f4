using Granary.Engine.Positions;

namespace Granary.Engine.Reconciliation;

/// <summary>The price of a fill that nobody can show, so that the books end with the venue's entry price.</summary>
public static class InferredPrice
{
    private const int Decimals = 8;

    /// <summary>How far, as a factor, the price may lie from the venue's entry price; beyond, the books' cost cannot be right and the entry price is taken.</summary>
    private const decimal FactorMax = 10;

    /// <summary>
    /// An increase is priced so that the average of what was held and what is added is the venue's entry price. A decrease does not change the entry price: it
    /// is priced at the venue's mark, else at the books' entry. What opens or turns a position is priced at the venue's entry.
    /// </summary>
    /// <param name="quantity">Position in the books, signed base units.</param>
    /// <param name="costBasis">Its signed cost, quote units.</param>
    /// <param name="venue">The venue's position, or null for flat.</param>
    /// <returns>Quote units, above 0, at most eight decimals.</returns>
    public static decimal Of(decimal quantity, decimal costBasis, PositionReport? venue)
    {
        var own = quantity == 0 ? 0 : costBasis / quantity;
        var (target, entry) = (venue?.Quantity ?? 0, venue?.EntryPrice ?? 0);
        var isIncrease = quantity != 0 && Math.Sign(target) == Math.Sign(quantity) && Math.Abs(target) > Math.Abs(quantity);
        if (isIncrease && entry > 0)
        {
            var price = Round(((target * entry) - costBasis) / (target - quantity));
            return price > entry / FactorMax && price < entry * FactorMax ? price : Round(entry);
        }
        var isDecrease = quantity != 0 && (target == 0 || (Math.Sign(target) == Math.Sign(quantity) && Math.Abs(target) < Math.Abs(quantity)));
        var chosen = isDecrease && venue is { MarkPrice: > 0 } ? venue.MarkPrice : !isDecrease && entry > 0 ? entry : own > 0 ? own : entry;
        return chosen > 0 ? Round(chosen) : throw new ArgumentException("neither books nor venue know a price of the position", nameof(venue));
    }

    private static decimal Round(decimal price) => Math.Max(decimal.Round(price, Decimals, MidpointRounding.ToEven), 0.00000001m);
}
