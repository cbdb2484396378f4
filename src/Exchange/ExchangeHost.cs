using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Accounts;
using Granary.Exchange.Conditional;
using Granary.Exchange.Contracts;
using Granary.Exchange.Markets;

namespace Granary.Exchange;

/// <summary>What the market sees of the exchange.</summary>
internal sealed class ExchangeHost(ExchangeOptions options, IReadOnlyList<ListedSymbol> symbols, Ledger ledger, PendingEvents events, TimeProvider time)
    : IMarketHost
{
    public ExchangeOptions Options => options;

    /// <summary>Watches every price; null until the market is open, so that the past triggers nothing.</summary>
    public ConditionalBook? Conditionals { get; set; }

    public IReadOnlyList<ListedSymbol> Symbols => symbols;

    public long MarketTimeMs { get; private set; }

    public long ServerTimeMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    public void SetVenue(ListedSymbol symbol, IVenue venue)
    {
        symbol.Venue = venue;
        // Age is priority, across accounts too, so the orders go back in the order in which they came.
        var orders = ledger.Accounts.SelectMany(a => a.Symbols[symbol.Index].Orders).OrderBy(o => o.Rank);
        foreach (var order in orders)
        {
            var workable = order.OnlyReduces ? Math.Min(order.RemainingE8, ledger.ReducibleE8(order)) : order.RemainingE8;
            if (workable > 0) venue.Restore(order, workable);
        }
    }

    public void AdvanceTo(long timeMs) => MarketTimeMs = Math.Max(MarketTimeMs, timeMs);

    public int ReservePrint(ListedSymbol symbol) => events.ReserveTrade();

    public void Print(ListedSymbol symbol, in AggTrade trade, int place)
    {
        var state = symbol.State;
        state.Printed++;
        state.Take(in trade);
        symbol.Unwritten.Add(trade);
        events.Trade(place, symbol.Name, in trade);
        Conditionals?.OnPrice(symbol, trade.Price, WorkingType.ContractPrice, MarketTimeMs);
    }

    public void Recall(ListedSymbol symbol, in AggTrade trade) => symbol.History.Append([trade]);

    public void Touch(ListedSymbol symbol) => symbol.IsDirty = true;

    public void PublishMark(ListedSymbol symbol, in MarkPrice mark)
    {
        symbol.TakeMark(in mark);
        Conditionals?.OnPrice(symbol, mark.Mark, WorkingType.MarkPrice, MarketTimeMs);
        events.Mark(symbol.Name, in mark);
    }

    public void PublishTicker(ListedSymbol symbol, in BookTicker ticker)
    {
        var last = symbol.Ticker;
        if (last.BidPriceE8 == ticker.BidPriceE8 && last.AskPriceE8 == ticker.AskPriceE8
            && last.BidQuantityE8 == ticker.BidQuantityE8 && last.AskQuantityE8 == ticker.AskQuantityE8) return;
        symbol.Ticker = ticker;
        events.Ticker(symbol.Name, in ticker);
    }

    public void PublishDepth(ListedSymbol symbol, DepthDiff diff) => events.Depth(symbol.Name, diff);

    public void Fill(AccountOrder order, long priceE8, long quantityE8, bool isMaker, long tradeId) =>
        ledger.Fill(order, priceE8, quantityE8, isMaker, tradeId, MarketTimeMs);

    public void Expire(AccountOrder order, int reason) => ledger.End(order, OrderStatus.Expired, reason, MarketTimeMs);

    public long ReducibleE8(AccountOrder order) => ledger.ReducibleE8(order);
}
