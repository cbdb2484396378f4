using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Accounts;
using Granary.Exchange.Contracts;
using Granary.Exchange.Matching;

namespace Granary.Exchange.Markets;

/// <summary>
/// A symbol traded in a real order book by accounts and a background market alike. All fills of one incoming order at one price are printed as one
/// aggregate trade; ids of trades and aggregates rise by one.
/// </summary>
internal sealed class BookVenue : IVenue, IMatchListener
{
    private readonly IMarketHost _host;
    private readonly ListedSymbol _symbol;
    private int _place = -1;
    private OrderSide _takerSide;
    private long _runPriceE8;
    private long _runQuantityE8;
    private long _runFirstId;
    private int _runCount;
    private long _nextTradeId;

    public BookVenue(IMarketHost host, ListedSymbol symbol, long updateId)
    {
        _host = host;
        _symbol = symbol;
        Book = new OrderBook(updateId, tracksDepth: true);
    }

    public OrderBook Book { get; }

    public BookTicker Ticker(long timeMs) =>
        new(Book.UpdateId, timeMs, Book.BidPriceE8, Book.BidQuantityE8, Book.AskPriceE8, Book.AskQuantityE8);

    public DepthSnapshot Depth(int limit, long timeMs) => Book.Snapshot(limit, timeMs);

    public bool WouldTake(OrderSide side, long priceE8) => Book.WouldTake(side, priceE8);

    public bool CanFill(int owner, OrderSide side, long limitE8, long quantityE8, SelfTradePrevention selfTrade) =>
        Book.CanFill(side, limitE8, quantityE8, owner, this, selfTrade);

    public void Submit(AccountOrder order, long limitE8, long workableE8)
    {
        var result = Match(new BookRequest(
            order.Side, RuleOf(order), limitE8, workableE8, order.Account.Owner, order.OnlyReduces, order, order.Terms.SelfTrade));
        if (!order.IsOpen) return;
        if (result.Resting is { } resting)
        {
            order.Resting = resting;
            order.RestingId = resting.Id;
            return;
        }
        _host.Expire(order, result.Outcome switch
        {
            MatchOutcome.SelfTrade => ExpireReason.SelfTrade,
            MatchOutcome.Filled => ExpireReason.ReduceOnly,
            _ => order.Type == OrderType.Market ? ExpireReason.MarketRemainder : ExpireReason.ImmediateRemainder,
        });
    }

    /// <summary>Matches an order of the background market and prints what traded.</summary>
    public BookResult Match(in BookRequest request)
    {
        _takerSide = request.Side;
        _nextTradeId = _symbol.State.LastTradeId + 1;
        var result = Book.Submit(in request, this);
        EndRun();
        return result;
    }

    public long TakeFillId() => ++_symbol.State.LastTradeId;

    public void Remove(AccountOrder order)
    {
        if (order.Resting is { } resting) Book.Cancel(resting, order.RestingId);
        order.Resting = null;
    }

    public void Restore(AccountOrder order, long workableE8)
    {
        if (Book.WouldTake(order.Side, order.PriceE8))
        {
            // Only possible when the folder was used with a recorded market before, where accounts do not meet each other.
            _host.Expire(order, 0);
            return;
        }
        var resting = Book.Restore(new BookRequest(
            order.Side, MatchRule.Rest, order.PriceE8, workableE8, order.Account.Owner, order.OnlyReduces, order));
        order.Resting = resting;
        order.RestingId = resting.Id;
    }

    public void OnTrade(object? takerTag, BookOrder maker, long priceE8, long quantityE8)
    {
        if (_runCount > 0 && priceE8 != _runPriceE8) EndRun();
        if (_runCount == 0)
        {
            _place = _host.ReservePrint(_symbol);
            _runPriceE8 = priceE8;
            _runFirstId = _nextTradeId;
        }
        var tradeId = _nextTradeId++;
        _runCount++;
        _runQuantityE8 += quantityE8;
        if (maker.Tag is AccountOrder resting)
        {
            _host.Fill(resting, priceE8, quantityE8, isMaker: true, tradeId);
            if (maker.RemainingE8 == 0)
            {
                resting.Resting = null;
                if (resting.IsOpen) _host.Expire(resting, ExpireReason.ReduceOnly);
            }
        }
        if (takerTag is AccountOrder taker) _host.Fill(taker, priceE8, quantityE8, isMaker: false, tradeId);
    }

    public long ReduceOnlyLimit(BookOrder maker) => _host.ReducibleE8((AccountOrder)maker.Tag!);

    public void OnKnockedOut(BookOrder maker)
    {
        var order = (AccountOrder)maker.Tag!;
        order.Resting = null;
        _host.Expire(order, ExpireReason.ReduceOnly);
    }

    public void OnSelfTrade(BookOrder maker)
    {
        var order = (AccountOrder)maker.Tag!;
        order.Resting = null;
        _host.Expire(order, ExpireReason.SelfTrade);
    }

    private static MatchRule RuleOf(AccountOrder order) => order.Type == OrderType.Market ? MatchRule.Immediate : order.TimeInForce switch
    {
        TimeInForce.Ioc => MatchRule.Immediate,
        TimeInForce.Fok => MatchRule.AllOrNone,
        TimeInForce.Gtx => MatchRule.PostOnly,
        _ => MatchRule.Rest,
    };

    private void EndRun()
    {
        if (_runCount == 0) return;
        var trade = new AggTrade(
            _symbol.State.LastAggId + 1, _host.MarketTimeMs, _runPriceE8, _runQuantityE8, _runFirstId, _runCount, _takerSide == OrderSide.Sell);
        _host.Print(_symbol, in trade, _place);
        _runCount = 0;
        _runQuantityE8 = 0;
    }
}
