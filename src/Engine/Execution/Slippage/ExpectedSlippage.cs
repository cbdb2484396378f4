using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Engine.Execution.Slippage;

/// <summary>
/// What an order is expected to cost against its arrival price before it is sent. By the book and the square-root law where there is a book
/// (<see cref="SlippageForecast"/>), against its mid price; else by the bars' price impact (formulas §4.5), against the last price.
/// </summary>
/// <param name="Share">Expected, a share of the price; negative where the book is better than its mid price. At most 1 by the bars.</param>
/// <param name="Basis">What it rests on.</param>
public readonly record struct ExpectedSlippage(decimal Share, SlippageBasis Basis)
{
    /// <summary>The same in basis points.</summary>
    public double Bps => (double)Share * 10_000;

    /// <summary>Expects an order that takes.</summary>
    /// <param name="side">Buy or sell.</param>
    /// <param name="quantity">Base units, above 0.</param>
    /// <param name="price">Price of the last trade, quote units; used by the fallback, which needs it above 0.</param>
    /// <param name="depth">The book.</param>
    /// <param name="priceImpact">Quantile of |price impact|, quote units per base unit and base unit; null when not known.</param>
    /// <param name="slice">Base units of one slice where the order is worked in slices; null, the default, for one that is sent whole.</param>
    /// <returns>Null when neither the book nor the bars can tell.</returns>
    public static ExpectedSlippage? Of(OrderSide side, decimal quantity, decimal price, in MarketDepth depth, double? priceImpact, decimal? slice = null)
    {
        if (depth.Mid is { } mid and > 0)
        {
            var levels = depth.TakenBy(side).Span;
            if (slice is { } part && SlippageForecast.OfSlices(side, quantity, Math.Min(part, quantity), mid, levels, depth.Impact) is { } sliced)
                return new ExpectedSlippage(sliced.Move / mid, SlippageBasis.Slices);
            if (SlippageForecast.Of(side, quantity, mid, levels, depth.Impact) is { } whole) return new ExpectedSlippage(whole.Move / mid, SlippageBasis.Book);
        }
        return priceImpact is { } impact && price > 0 ? new ExpectedSlippage(SlippageEstimate.Share(price, quantity, impact), SlippageBasis.Bars) : null;
    }
}
