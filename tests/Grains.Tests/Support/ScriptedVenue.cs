using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Grains.Hosting;
using Granary.Venues.Ports;

namespace Granary.Grains.Tests.Support;

/// <summary>A venue with one account and one symbol that does as it is told, and remembers what it was asked.</summary>
internal sealed partial class ScriptedVenue : IMarketDataPort, IAccountPort, ITradingPort, IAccountPorts
{
    private const int NoSuchOrder = -2013;

    private readonly TimeProvider _time;
    private readonly Dictionary<string, OrderReport> _orders = [];
    private readonly PositionLedger _ledger = new();
    private long _venueOrderId = 100;
    private long _tradeId = 1_000;

    public ScriptedVenue(TimeProvider time)
    {
        _time = time;
        OnPlace = request => Task.FromResult(Rest(request));
    }

    /// <summary>Every request so far, for example "place t/main/momentum/1".</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Trades that it can still show, ids ascending.</summary>
    public List<AggTrade> Tape { get; } = [];

    /// <summary>The account's fills, oldest first.</summary>
    public List<Fill> Fills { get; } = [];

    /// <summary>Order events that no user stream has carried yet.</summary>
    public Queue<OrderReport> Events { get; } = new();

    public decimal Wallet { get; set; } = 100_000;

    public decimal FeeRate { get; set; } = 0.0004m;

    public decimal Quantity => _ledger.Quantity;

    /// <summary>Why queries fail at present, or null.</summary>
    public string? Outage { get; set; }

    /// <summary>Why balances are not told at present, or null.</summary>
    public string? BalancesOutage { get; set; }

    /// <summary>Answers an order request; the default lets it rest.</summary>
    public Func<OrderRequest, Task<OrderAnswer>> OnPlace { get; set; }

    /// <summary>Answers a cancel, or null for what really happens.</summary>
    public Func<string, OrderAnswer>? OnCancel { get; set; }

    /// <summary>Answers an amendment, or null for what really happens.</summary>
    public Func<OrderRequest, OrderAnswer?>? OnAmend { get; set; }

    /// <summary>The positions told next, or null for the true one.</summary>
    public Queue<decimal> PositionAnswers { get; } = new();

    /// <summary>Awaited before trades are shown over REST.</summary>
    public Task TapeGate { get; set; } = Task.CompletedTask;

    public IMarketDataHandler? Market { get; private set; }

    public IUserStreamHandler? User { get; private set; }

    public int Count(string request) => Requests.Count(r => r.StartsWith(request, StringComparison.Ordinal));

    public IAccountPort GetAccount(string account) => this;

    public ITradingPort GetTrading(string account) => this;

    public OrderReport? Find(string clientOrderId) => _orders.GetValueOrDefault(clientOrderId);

    /// <summary>Takes the order into the book.</summary>
    public OrderAnswer Rest(OrderRequest request)
    {
        var report = new OrderReport(
            request.Symbol, request.ClientOrderId, ++_venueOrderId, OrderStatus.New, request.Side, request.Type, request.TimeInForce, request.Quantity,
            request.Price ?? 0, 0, 0, request.ReduceOnly, NowMs, null);
        _orders[request.ClientOrderId] = report;
        return OrderAnswer.Accepted(report);
    }

    /// <summary>Takes the order and fills it whole at once; the answer does not carry the fill.</summary>
    public OrderAnswer Take(OrderRequest request, decimal price = 100)
    {
        Rest(request);
        Events.Enqueue(Execute(request.ClientOrderId, request.Quantity, price));
        return OrderAnswer.Accepted(_orders[request.ClientOrderId]);
    }

    /// <summary>Fills a part of an order and gives the event that tells it.</summary>
    public OrderReport Execute(string clientOrderId, decimal quantity, decimal price = 100)
    {
        var order = _orders[clientOrderId];
        var fill = new Fill(
            order.Symbol, ++_tradeId, clientOrderId, order.VenueOrderId, order.Side, price, quantity, price * quantity * FeeRate, "USDT", 0, order.TimeInForce == TimeInForce.Gtx, NowMs);
        fill = fill with { RealizedPnl = _ledger.Apply(fill) };
        Wallet += fill.RealizedPnl - fill.Fee;
        Fills.Add(fill);
        var executed = order.ExecutedQuantity + quantity;
        _orders[clientOrderId] = order with
        {
            ExecutedQuantity = executed,
            Status = executed >= order.Quantity ? OrderStatus.Filled : OrderStatus.PartiallyFilled,
            TimeMs = NowMs,
        };
        return _orders[clientOrderId] with { Fill = fill };
    }

    /// <summary>An order that somebody else placed on the same account.</summary>
    public OrderReport Foreign(string clientOrderId, decimal quantity, OrderSide side = OrderSide.Buy, decimal price = 90) =>
        Rest(new OrderRequest(clientOrderId, Samples.Symbol, side, OrderType.Limit, TimeInForce.Gtc, quantity, price, false)).Report!;

    /// <summary>The position changes by something that the trade history does not show.</summary>
    public void Shift(decimal quantity, decimal price = 100) => _ledger.Apply(
        new Fill(Samples.Symbol, 0, "", 0, quantity > 0 ? OrderSide.Buy : OrderSide.Sell, price, Math.Abs(quantity), 0, "USDT", 0, false, NowMs));

    /// <summary>How far the venue's clock is ahead.</summary>
    public long SkewMs { get; set; }

    public ValueTask<long> GetServerTimeMsAsync(CancellationToken cancellationToken) => ValueTask.FromResult(NowMs + SkewMs);

    public ValueTask<IReadOnlyList<SymbolRules>> GetSymbolRulesAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<SymbolRules>>([Samples.Rules]);

    /// <summary>Daily candles that it shows.</summary>
    public List<Kline> Klines { get; } = [];

    public ValueTask<IReadOnlyList<Kline>> GetKlinesAsync(
        string symbol, KlineInterval interval, long startMs, long endMs, int limit, CancellationToken cancellationToken)
    {
        Ask($"klines {interval}");
        return ValueTask.FromResult<IReadOnlyList<Kline>>([.. Klines.Where(k => k.OpenTimeMs >= startMs && k.OpenTimeMs <= endMs).Take(limit)]);
    }

    /// <summary>The order book as it shows it.</summary>
    public BookSnapshot Book { get; set; } = new(0, 0, [], [], 1_000);

    public ValueTask<BookSnapshot> GetDepthAsync(string symbol, int limit, CancellationToken cancellationToken)
    {
        Ask($"depth {symbol}");
        return ValueTask.FromResult(Book);
    }

    public async ValueTask<IReadOnlyList<AggTrade>> GetAggTradesAsync(string symbol, long fromId, int limit, CancellationToken cancellationToken)
    {
        Ask($"trades from {fromId}");
        await TapeGate;
        return [.. Tape.Where(t => t.Id >= fromId).Take(limit)];
    }

    public Task RunAsync(IReadOnlyList<string> symbols, IMarketDataHandler handler, CancellationToken cancellationToken)
    {
        Market = handler;
        handler.OnConnection(true, "connected");
        return Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken);
    }

    public async Task RunUserStreamAsync(IUserStreamHandler handler, CancellationToken cancellationToken)
    {
        User = handler;
        await handler.OnConnectionAsync(true, "connected", cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken);
    }

    public async ValueTask<OrderAnswer> PlaceAsync(OrderRequest request, CancellationToken cancellationToken)
    {
        Requests.Add($"place {request.ClientOrderId}");
        return await OnPlace(request);
    }

    public ValueTask<OrderAnswer> CancelAsync(string symbol, string clientOrderId, CancellationToken cancellationToken)
    {
        Requests.Add($"cancel {clientOrderId}");
        return ValueTask.FromResult(OnCancel?.Invoke(clientOrderId) ?? Cancel(clientOrderId));
    }

    public OrderAnswer Cancel(string clientOrderId)
    {
        if (!_orders.TryGetValue(clientOrderId, out var order) || !order.Status.IsLive()) return new OrderAnswer(OrderAnswerKind.Rejected, null, -2011, "unknown order");
        return OrderAnswer.Accepted(_orders[clientOrderId] = order with { Status = OrderStatus.Canceled, TimeMs = NowMs });
    }

    public ValueTask<OrderAnswer> QueryAsync(string symbol, string clientOrderId, CancellationToken cancellationToken)
    {
        Ask($"query {clientOrderId}");
        return ValueTask.FromResult(_orders.TryGetValue(clientOrderId, out var order)
            ? OrderAnswer.Accepted(order)
            : new OrderAnswer(OrderAnswerKind.Rejected, null, NoSuchOrder, "Order does not exist."));
    }

    public ValueTask<IReadOnlyList<OrderReport>> GetOpenOrdersAsync(string? symbol, CancellationToken cancellationToken)
    {
        Ask("open orders");
        return ValueTask.FromResult<IReadOnlyList<OrderReport>>([.. _orders.Values.Where(o => o.Status.IsLive()).OrderBy(o => o.VenueOrderId)]);
    }

    public ValueTask<IReadOnlyList<PositionReport>> GetPositionsAsync(string? symbol, CancellationToken cancellationToken)
    {
        Ask("positions");
        var quantity = PositionAnswers.Count > 0 ? PositionAnswers.Dequeue() : Quantity;
        return ValueTask.FromResult<IReadOnlyList<PositionReport>>([new PositionReport(Samples.Symbol, quantity, quantity == 0 ? 0 : 100, 100, 0, 0, 0)]);
    }

    public ValueTask<IReadOnlyList<BalanceReport>> GetBalancesAsync(CancellationToken cancellationToken)
    {
        Ask("balances");
        if (BalancesOutage is { } outage) throw new VenueException(outage);
        return ValueTask.FromResult<IReadOnlyList<BalanceReport>>([new BalanceReport("USDT", Wallet, Wallet, NowMs)]);
    }

    public ValueTask<IReadOnlyList<Fill>> GetUserTradesAsync(string symbol, long fromTradeId, int limit, CancellationToken cancellationToken)
    {
        Ask($"user trades from {fromTradeId}");

        // As at the venue, the history names only the venue's order id.
        return ValueTask.FromResult<IReadOnlyList<Fill>>([.. Fills.Where(f => f.TradeId >= fromTradeId).Take(limit).Select(f => f with { ClientOrderId = "" })]);
    }

    /// <summary>Orders that the venue itself placed.</summary>
    public List<OrderReport> Forced { get; } = [];

    public ValueTask<IReadOnlyList<OrderReport>> GetForcedOrdersAsync(string symbol, CancellationToken cancellationToken)
    {
        Ask("forced orders");
        return ValueTask.FromResult<IReadOnlyList<OrderReport>>([.. Forced]);
    }

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private void Ask(string request)
    {
        Requests.Add(request);
        if (Outage is { } outage) throw new VenueException(outage);
    }
}
