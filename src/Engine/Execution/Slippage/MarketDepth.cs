using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Engine.Orders;

namespace Granary.Engine.Execution.Slippage;

/// <summary>A symbol's best levels at a moment, and what the impact of an order is computed from. A default value knows nothing.</summary>
/// <param name="Bids">Best first; empty when there is no book.</param>
/// <param name="Asks">Best first; empty when there is no book.</param>
/// <param name="Impact">Volatility and volume of a day; null when not known.</param>
public readonly record struct MarketDepth(ReadOnlyMemory<BookLevel> Bids, ReadOnlyMemory<BookLevel> Asks, ImpactInputs? Impact)
{
    /// <summary>Mean of the best bid and ask, quote units; null without both.</summary>
    public decimal? Mid => Bids.IsEmpty || Asks.IsEmpty ? null : (Fixed8.ToDecimal(Bids.Span[0].PriceE8) + Fixed8.ToDecimal(Asks.Span[0].PriceE8)) / 2;

    /// <summary>The side of the book that an order takes from.</summary>
    public ReadOnlyMemory<BookLevel> TakenBy(OrderSide side) => side == OrderSide.Buy ? Asks : Bids;
}
