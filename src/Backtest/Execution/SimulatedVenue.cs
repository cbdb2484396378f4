using System.Runtime.InteropServices;
using Granary.Engine.Market;
using Granary.Engine.Orders;

namespace Granary.Backtest.Execution;

/// <summary>
/// One symbol's order matching against recorded trades: a taking order is filled by the first trade after its arrival, at that trade's price and the slippage
/// of formulas §4.5, or by the levels of a recorded book; a resting one by the <see cref="FillModel"/>. Orders never see a trade that came before them.
/// Nothing is allocated while no order is there.
/// </summary>
internal sealed class SimulatedVenue(SymbolRules rules, ExecutionOptions options, IVenueListener listener)
{
    private readonly List<WorkingOrder> _orders = [];
    private readonly long _tickE8 = Fixed8.FromDecimal(rules.TickSize);
    private readonly List<WorkingOrder> _round = [];
    private double _meanTradeE8;
    private long _lastPriceE8;

    /// <summary>The recorded book, where there is one.</summary>
    public DepthBook? Book { get; set; }

    /// <summary>Absolute price impact of the last closed bar, quote units per base unit.</summary>
    public decimal PriceImpact { get; set; }

    /// <summary>Whether orders are on their way or resting.</summary>
    public bool IsBusy => _orders.Count > 0;

    public ReadOnlySpan<WorkingOrder> Orders => CollectionsMarshal.AsSpan(_orders);

    public void Submit(WorkingOrder order) => _orders.Add(order);

    /// <summary>Sends a cancel; nothing when the order is over.</summary>
    public bool Cancel(string clientOrderId, long arrivalMs)
    {
        foreach (var order in _orders)
        {
            if (order.Request.ClientOrderId != clientOrderId) continue;
            order.CancelMs = Math.Min(order.CancelMs, arrivalMs);
            return true;
        }
        return false;
    }

    /// <summary>Sends another price for an order; nothing when it is over. It joins the queue of its new price at the end.</summary>
    public void Amend(string clientOrderId, decimal price, long arrivalMs)
    {
        foreach (var order in _orders)
        {
            if (order.Request.ClientOrderId == clientOrderId) (order.AmendMs, order.AmendedE8) = (arrivalMs, Fixed8.FromDecimal(price));
        }
    }

    /// <summary>Takes the next trade while no order is there: only what later orders need to know of it.</summary>
    public void Pass(in AggTrade trade)
    {
        _lastPriceE8 = trade.PriceE8;
        _meanTradeE8 = _meanTradeE8 == 0 ? trade.QuantityE8 : _meanTradeE8 + ((trade.QuantityE8 - _meanTradeE8) * 0.01);
    }

    /// <summary>Takes a price while no order is there, where the trades that led to it are not known.</summary>
    public void Pass(long priceE8) => _lastPriceE8 = priceE8;

    /// <summary>Takes the next trade: arrivals, cancels, then fills.</summary>
    public void OnTrade(in AggTrade trade)
    {
        if (_orders.Count > 0)
        {
            // What a fill leads to may submit further orders: those wait for the next trade.
            _round.Clear();
            _round.AddRange(_orders);
            foreach (var order in _round) Match(order, trade);
            _round.Clear();
            _orders.RemoveAll(static order => order.RemainingE8 == 0);
        }
        Pass(trade);
    }

    /// <summary>Lets time pass without a trade, for a recorded book: arrivals and cancels.</summary>
    public void OnTime(long nowMs)
    {
        if (_orders.Count == 0) return;
        _round.Clear();
        _round.AddRange(_orders);
        foreach (var order in _round)
        {
            if (!order.IsResting && order.RemainingE8 > 0 && order.ArrivalMs <= nowMs) Arrive(order, 0, order.ArrivalMs);
            if (order.IsResting && order.RemainingE8 > 0 && order.AmendMs <= Math.Min(nowMs, order.CancelMs)) Reprice(order, 0, order.AmendMs);
            if (order.IsResting && order.RemainingE8 > 0 && order.CancelMs <= nowMs) End(order, OrderStatus.Canceled, order.CancelMs);
        }
        _round.Clear();
        _orders.RemoveAll(static order => order.RemainingE8 == 0);
    }

    /// <summary>A level of the recorded book became smaller than trades explain: others cancelled, before or behind our orders.</summary>
    public void OnLevel(int side, long priceE8, long beforeE8, long afterE8)
    {
        foreach (var order in _orders)
        {
            if (!order.IsResting || order.Sign != side || order.PriceE8 != priceE8) continue;
            var cancelled = beforeE8 - afterE8 - order.TradedE8;
            order.TradedE8 = 0;
            if (cancelled > 0 && options.QueueCancelPower > 0)
            {
                var behind = Math.Max(beforeE8 - order.QueueAheadE8, 0);
                var (ahead, back) = options.QueueCancelPower == 2
                    ? (order.QueueAheadE8 * order.QueueAheadE8, behind * behind)
                    : (Math.Pow(order.QueueAheadE8, options.QueueCancelPower), Math.Pow(behind, options.QueueCancelPower));
                if (ahead + back > 0) order.QueueAheadE8 -= cancelled * (ahead / (ahead + back));
            }
            order.QueueAheadE8 = Math.Max(Math.Min(order.QueueAheadE8, afterE8), 0);
        }
    }

    /// <summary>The recorded book stands where our resting orders would have been taken: they are.</summary>
    public void OnCrossed(long nowMs)
    {
        if (Book is not { } book) return;
        var isAny = false;
        foreach (var order in _orders)
        {
            var opposite = order.Sign > 0 ? book.BestAskE8 : book.BestBidE8;
            isAny |= order.IsResting && opposite > 0 && order.Sign * (order.PriceE8 - opposite) >= 0;
        }
        if (!isAny) return;
        _round.Clear();
        _round.AddRange(_orders);
        foreach (var order in _round)
        {
            var opposite = order.Sign > 0 ? book.BestAskE8 : book.BestBidE8;
            if (order.IsResting && order.RemainingE8 > 0 && opposite > 0 && order.Sign * (order.PriceE8 - opposite) >= 0)
                Fill(order, order.PriceE8, order.RemainingE8, isMaker: true, nowMs);
        }
        _round.Clear();
        _orders.RemoveAll(static order => order.RemainingE8 == 0);
    }

    /// <summary>A taking order's price with slippage and impact, on the tick and never better.</summary>
    public decimal Slipped(decimal price, int sign, decimal quantity)
    {
        var slip = ((price * options.SlippageRate) + (Math.Abs(PriceImpact) * options.ImpactMultiple * quantity)) * options.SlippageScale;
        if (slip == 0) return price;
        var slipped = price + (sign * slip);
        return Math.Max(sign > 0 ? rules.CeilingPrice(slipped) : rules.FloorPrice(slipped), rules.TickSize);
    }

    private void Match(WorkingOrder order, in AggTrade trade)
    {
        if (order.RemainingE8 == 0) return;
        if (!order.IsResting)
        {
            if (order.ArrivalMs > trade.TimeMs) return;
            Arrive(order, trade.PriceE8, trade.TimeMs);
            if (!order.IsResting || order.RemainingE8 == 0) return;
        }
        if (order.AmendMs <= Math.Min(trade.TimeMs, order.CancelMs))
        {
            Reprice(order, trade.PriceE8, order.AmendMs);
            if (order.RemainingE8 == 0) return;
        }
        if (order.CancelMs <= trade.TimeMs)
        {
            End(order, OrderStatus.Canceled, order.CancelMs);
            return;
        }
        var beyond = order.Sign * (order.PriceE8 - trade.PriceE8);
        if (beyond < 0) return;
        if (beyond > 0)
        {
            Fill(order, order.PriceE8, order.RemainingE8, isMaker: true, trade.TimeMs);
            return;
        }

        // At our price only a taker of the other side trades with those who rest on ours.
        if (trade.IsBuyerMaker != order.Sign > 0 || options.FillModel == FillModel.Through) return;
        var quantity = trade.QuantityE8;
        if (options.FillModel == FillModel.Queue)
        {
            order.TradedE8 += quantity;
            var left = quantity - order.QueueAheadE8;
            order.QueueAheadE8 = Math.Max(-left, 0);
            if (left < 1) return;
            quantity = (long)left;
        }
        Fill(order, order.PriceE8, Math.Min(order.RemainingE8, LotOf(quantity, order.RemainingE8)), isMaker: true, trade.TimeMs);
    }

    private long LotOf(long quantityE8, long remainingE8)
    {
        if (quantityE8 >= remainingE8) return remainingE8;
        var stepE8 = Fixed8.FromDecimal(rules.StepSize);
        return quantityE8 / stepE8 * stepE8;
    }

    private void Arrive(WorkingOrder order, long tradePriceE8, long timeMs)
    {
        if (order.Request.Type == OrderType.Market)
        {
            Take(order, tradePriceE8, long.MaxValue, timeMs);
            return;
        }
        var opposite = Book is { } book ? (order.Sign > 0 ? book.BestAskE8 : book.BestBidE8) : _lastPriceE8;
        // Without a book, the last price is only known to be on one side of the spread: an order at it may rest.
        var crosses = opposite > 0 && (Book is null ? order.Sign * (order.PriceE8 - opposite) > 0 : order.Sign * (order.PriceE8 - opposite) >= 0);
        if (crosses && order.Request.TimeInForce == TimeInForce.Gtx)
        {
            End(order, order.IsResting ? OrderStatus.Canceled : OrderStatus.Expired, timeMs);
            return;
        }
        if (crosses) Take(order, tradePriceE8 > 0 ? tradePriceE8 : opposite, order.PriceE8, timeMs);
        if (order.RemainingE8 == 0) return;
        if (order.Request.TimeInForce is TimeInForce.Ioc or TimeInForce.Fok)
        {
            End(order, OrderStatus.Expired, timeMs);
            return;
        }
        order.IsResting = true;
        order.QueueAheadE8 = Book is { } levels ? levels.QuantityAt(order.Sign, order.PriceE8) : _meanTradeE8 * (double)options.QueueAheadTrades;
        listener.OnStatus(order, OrderStatus.New, timeMs);
    }

    /// <summary>An amended order comes to the book like a new one.</summary>
    private void Reprice(WorkingOrder order, long tradePriceE8, long timeMs)
    {
        (order.PriceE8, order.AmendMs, order.TradedE8) = (order.AmendedE8, long.MaxValue, 0);
        Arrive(order, tradePriceE8, timeMs);
    }

    private void Take(WorkingOrder order, long tradePriceE8, long limitE8, long timeMs)
    {
        if (Book is { } book)
        {
            order.MarketE8 = order.Sign > 0 ? book.BestAskE8 : book.BestBidE8;
            while (order.RemainingE8 > 0 && book.NextToTake(order.Sign, limitE8, out var priceE8, out var levelE8))
                Fill(order, priceE8, Math.Min(order.RemainingE8, levelE8), isMaker: false, timeMs);
            book.Restore();
            if (order.RemainingE8 > 0 && order.Request.Type == OrderType.Market) End(order, OrderStatus.Expired, timeMs);
            return;
        }
        order.MarketE8 = tradePriceE8;
        var price = Slipped(Fixed8.ToDecimal(tradePriceE8), order.Sign, Fixed8.ToDecimal(order.RemainingE8));
        var priceLimitE8 = Fixed8.FromDecimal(price);
        if (limitE8 != long.MaxValue && order.Sign * (priceLimitE8 - limitE8) > 0)
        {
            // The market has gone beyond the limit since: what is left rests or expires.
            if (order.Sign * (tradePriceE8 - limitE8) > 0) return;
            priceLimitE8 = limitE8;
        }
        Fill(order, priceLimitE8, order.RemainingE8, isMaker: false, timeMs);
    }

    private void Fill(WorkingOrder order, long priceE8, long quantityE8, bool isMaker, long timeMs)
    {
        if (order.Request.ReduceOnly)
        {
            // The venue never lets it open: what the position has lost meanwhile, to a stop or a liquidation, is not sold again.
            quantityE8 = Math.Min(quantityE8, listener.ReducibleE8(order));
            if (quantityE8 == 0)
            {
                End(order, OrderStatus.Expired, timeMs);
                return;
            }
        }
        if (quantityE8 <= 0) return;
        order.RemainingE8 -= quantityE8;
        order.ExecutedE8 += quantityE8;
        listener.OnExecution(order, Fixed8.ToDecimal(priceE8), Fixed8.ToDecimal(quantityE8), isMaker, timeMs);
    }

    private void End(WorkingOrder order, OrderStatus status, long timeMs)
    {
        order.RemainingE8 = 0;
        listener.OnStatus(order, status, timeMs);
    }

    /// <summary>The tick, times 10^8.</summary>
    public long TickE8 => _tickE8;
}
