using Granary.Engine.Market;
using Granary.Exchange.Accounts;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Markets;

/// <summary>What a market may ask of the exchange. Everything is collected and becomes durable, then visible, when the running operation ends.</summary>
public interface IMarketHost
{
    /// <summary>The options.</summary>
    ExchangeOptions Options { get; }

    /// <summary>The listed symbols.</summary>
    IReadOnlyList<ListedSymbol> Symbols { get; }

    /// <summary>The market clock, milliseconds since the Unix epoch, UTC.</summary>
    long MarketTimeMs { get; }

    /// <summary>The protocol clock, milliseconds since the Unix epoch, UTC.</summary>
    long ServerTimeMs { get; }

    /// <summary>Sets where the symbol's orders meet and puts the orders back that rested before a restart, oldest first.</summary>
    void SetVenue(ListedSymbol symbol, IVenue venue);

    /// <summary>Moves the market clock on; an earlier time is ignored.</summary>
    void AdvanceTo(long timeMs);

    /// <summary>Keeps the place of a public trade in the order of events until its quantity is known.</summary>
    int ReservePrint(ListedSymbol symbol);

    /// <summary>Prints a public trade, in the reserved place or (with -1) now, and moves the symbol's counters on.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="trade">The trade.</param>
    /// <param name="place">From <see cref="ReservePrint"/>, or -1.</param>
    void Print(ListedSymbol symbol, in AggTrade trade, int place = -1);

    /// <summary>Puts a trade that was printed before a restart back into the history of a recorded market; nothing is published.</summary>
    void Recall(ListedSymbol symbol, in AggTrade trade);

    /// <summary>Marks the symbol's counters for the log even when no account is affected.</summary>
    void Touch(ListedSymbol symbol);

    /// <summary>Publishes the mark price.</summary>
    void PublishMark(ListedSymbol symbol, in MarkPrice mark);

    /// <summary>Publishes the best quotes if they differ from the last ones.</summary>
    void PublishTicker(ListedSymbol symbol, in BookTicker ticker);

    /// <summary>Publishes changed levels.</summary>
    void PublishDepth(ListedSymbol symbol, DepthDiff diff);

    /// <summary>Books a fill of an account's order.</summary>
    void Fill(AccountOrder order, long priceE8, long quantityE8, bool isMaker, long tradeId);

    /// <summary>Ends an order that did not fill; <paramref name="reason"/> is the er field.</summary>
    void Expire(AccountOrder order, int reason);

    /// <summary>How much a reduce-only order may trade now, times 10^8; 0 when there is nothing to reduce.</summary>
    long ReducibleE8(AccountOrder order);
}
