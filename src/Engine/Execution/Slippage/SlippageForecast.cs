using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Engine.Orders;

namespace Granary.Engine.Execution.Slippage;

/// <summary>
/// How much worse than a reference price a taker order is expected to fill. The levels of the book are walked; what is beyond them is filled along the
/// square-root law: a traded quantity q moves the price by c * volatility * sqrt(q / volume) of itself (volatility and volume of a day, c near one: Torre,
/// BARRA Market Impact Model Handbook, 1997; Tóth et al., Physical Review X 1, 021006, 2011). From the last level at depth d on, the price at q is that level's
/// plus the law at q less the law at d, and the mean over d to q is
/// c * volatility / sqrt(volume) * (2/3 * (q + sqrt(q d) + d) / (sqrt(q) + sqrt(d)) - sqrt(d)): 2/3 of the law where d is 0. Without levels it starts from
/// the reference.
/// A larger quantity is never expected to fill better.
/// </summary>
/// <param name="AveragePrice">Expected, quote units, 0 or more.</param>
/// <param name="Move">How much worse than the reference, quote units per base unit; negative where the book is better than the reference.</param>
/// <param name="Bps">The same in basis points of the reference.</param>
/// <param name="Quote">The same for the whole quantity, quote units.</param>
/// <param name="DepthQuantity">What the levels hold of the quantity, base units.</param>
public readonly record struct SlippageForecast(decimal AveragePrice, decimal Move, double Bps, decimal Quote, decimal DepthQuantity)
{
    /// <summary>Expects an order sent whole.</summary>
    /// <param name="side">Buy or sell.</param>
    /// <param name="quantity">Base units, above 0.</param>
    /// <param name="reference">Quote units, above 0: the mid price, so that half the spread counts.</param>
    /// <param name="levels">The other side of the book, best first: asks for a buy.</param>
    /// <param name="impact">For what is beyond the levels; null when not known.</param>
    /// <returns>Null when the levels do not hold the quantity and the impact is not known. An impact of more than the whole reference counts as that.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The quantity or the reference is not above 0.</exception>
    public static SlippageForecast? Of(OrderSide side, decimal quantity, decimal reference, ReadOnlySpan<BookLevel> levels, ImpactInputs? impact)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(reference);
        var (left, notional, last) = (quantity, 0m, reference);
        foreach (ref readonly var level in levels)
        {
            last = Fixed8.ToDecimal(level.PriceE8);
            var taken = Math.Min(left, Fixed8.ToDecimal(level.QuantityE8));
            notional += taken * last;
            left -= taken;
            if (left == 0) break;
        }
        if (left > 0)
        {
            if (impact is not { IsRight: true } inputs) return null;
            var beyond = (decimal)Math.Min(Beyond(inputs, (double)(quantity - left), (double)quantity), 1) * reference;
            notional += left * Math.Max(last + ((int)side * beyond), 0);
        }
        return Of(side, quantity, reference, notional / quantity, quantity - left);
    }

    /// <summary>Expects an order worked in slices: each takes from a book that has come back, and the whole moves the price by the square-root law.</summary>
    /// <param name="side">Buy or sell.</param>
    /// <param name="quantity">Of the whole order, base units, above 0.</param>
    /// <param name="slice">Of one slice, base units, above 0; at most the whole.</param>
    /// <param name="reference">Quote units, above 0: the mid price.</param>
    /// <param name="levels">The other side of the book, best first: asks for a buy.</param>
    /// <param name="impact">Of the whole; null when not known.</param>
    /// <returns>Null when the impact is not known. <see cref="DepthQuantity"/> is the slice's.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A quantity or the reference is out of its range.</exception>
    public static SlippageForecast? OfSlices(
        OrderSide side, decimal quantity, decimal slice, decimal reference, ReadOnlySpan<BookLevel> levels, ImpactInputs? impact)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slice, quantity);
        if (impact is not { IsRight: true } inputs || Of(side, slice, reference, levels, impact) is not { } first) return null;
        var drift = (decimal)Math.Min(Beyond(inputs, 0, (double)quantity), 1) * reference;
        return Of(side, quantity, reference, Math.Max(first.AveragePrice + ((int)side * drift), 0), first.DepthQuantity);
    }

    private static SlippageForecast Of(OrderSide side, decimal quantity, decimal reference, decimal average, decimal depth)
    {
        var move = (int)side * (average - reference);
        return new SlippageForecast(average, move, (double)(move / reference) * 10_000, move * quantity, depth);
    }

    /// <summary>Mean move over the quantities from <paramref name="from"/> to <paramref name="to"/>, less the one at the begin; a fraction, 0 or
    /// more.</summary>
    private static double Beyond(ImpactInputs impact, double from, double to)
    {
        // As shares of the volume: no square of a quantity can overflow.
        var (start, end) = (Math.Sqrt(from / impact.DayVolume), Math.Sqrt(to / impact.DayVolume));
        if (end == 0) return 0;
        var mean = 2.0 / 3 * ((end * end) + (end * start) + (start * start)) / (end + start);
        var move = impact.Coefficient * impact.DayVolatility * (mean - start);
        // Infinity less infinity of a volume near nothing is as large as it gets.
        return double.IsNaN(move) ? 1 : Math.Max(move, 0);
    }
}
