using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Tests.Protocol;

/// <summary>An exchange whose every answer a test sets. Placing and cancelling only keep a list; nothing is matched.</summary>
internal sealed partial class FakeExchange : IExchange
{
    public const long Start = 1_700_000_000_000;

    public static readonly SymbolRules Btc = new(
        "BTCUSDT", "TRADING", 0.10m, 0.001m, 0.001m, 1000m, 120m, 5m, 556.80m, 4529764m, 1.05m, 0.95m, 200, 2, 3);

    public static readonly SymbolRules Eth = new(
        "ETHUSDT", "TRADING", 0.01m, 0.001m, 0.001m, 10000m, 2000m, 20m, 39.86m, 306177m, 1.05m, 0.95m, 200, 2, 3);

    public static readonly ExchangeAccount Main = new("main", "granary-test-key", "granary-test-secret", 100_000m);

    public static readonly ExchangeAccount Other = new("other", "other-key", "other-secret", 5_000m);

    /// <summary>The key pair of the venue's public documentation.</summary>
    public static readonly ExchangeAccount Published = new(
        "published", "dbefbc809e3e83c283a984c3a1459732ea7db1360ca80c5c2c8867408d28cc83", "2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9", 1m);

    public long ServerTimeMs { get; set; } = Start;

    public long MarketTimeMs { get; set; } = Start;

    public IReadOnlyList<SymbolRules> Listed { get; init; } = [Btc, Eth];

    public IReadOnlyList<SymbolRules> Symbols => Listed;

    public MarketProgress Progress { get; set; } = new("synthetic", 42, false, null);

    public List<NewOrder> Placed { get; } = [];

    public List<string> Calls { get; } = [];

    public Dictionary<long, ExchangeOrder> Orders { get; } = [];

    public List<ExchangePosition> Positions { get; } = [];

    public List<ExchangeFill> Fills { get; } = [];

    public List<AggTrade> Trades { get; } = [];

    public ExchangeWallet Wallet { get; set; } = new(100_000m, 100_012.5m, 20m, 7.5m, 0m, -3.25m, 99_000m, Start - 5);

    public DepthSnapshot Depth { get; set; } = new(
        100, Start - 7, [new(Fixed8.FromDecimal(60000m), Fixed8.FromDecimal(1.5m))], [new(Fixed8.FromDecimal(60000.1m), Fixed8.FromDecimal(0.002m))]);

    public BookTicker Ticker { get; set; } = new(
        100, Start - 7, Fixed8.FromDecimal(60000m), Fixed8.FromDecimal(1.5m), Fixed8.FromDecimal(60000.1m), Fixed8.FromDecimal(0.002m));

    public MarkPrice Mark { get; set; } = new(Start - 9, 60001.12345678m, 60000.5m, 0.0001m, Start + 3_600_000);

    /// <summary>What Place does with the order before it answers; may throw the refusal.</summary>
    public Func<ExchangeOrder, ExchangeOrder> OnPlace { get; set; } = order => order;

    public ExchangeAccount? FindAccount(string apiKey) => new[] { Main, Other, Published }.FirstOrDefault(account => account.ApiKey == apiKey);

    public ExchangeOrder Place(string account, NewOrder order)
    {
        Placed.Add(order);
        var id = 1000 + Placed.Count;
        return Orders[id] = OnPlace(new ExchangeOrder(
            id, order.ClientOrderId ?? $"made-{id}", order.Symbol, order.Side, order.Type, order.TimeInForce, order.Quantity, order.Price, order.ReduceOnly,
            OrderStatus.New, 0, 0, MarketTimeMs, MarketTimeMs)
        { Terms = order.Terms });
    }

    public ExchangeOrder Cancel(string account, string symbol, long orderId, string? clientOrderId)
    {
        var order = Find(symbol, orderId, clientOrderId) ?? throw new ExchangeException(-2011, "Unknown order sent.");
        return Orders[order.OrderId] = order with { Status = OrderStatus.Canceled };
    }

    public IReadOnlyList<ExchangeOrder> CancelAll(string account, string symbol)
    {
        Calls.Add($"CancelAll {account} {symbol}");
        return [];
    }

    public ExchangeOrder GetOrder(string account, string symbol, long orderId, string? clientOrderId) =>
        Find(symbol, orderId, clientOrderId) ?? throw new ExchangeException(-2013, "Order does not exist.");

    public IReadOnlyList<ExchangeOrder> GetOpenOrders(string account, string? symbol) =>
        [.. Orders.Values.Where(order => (symbol is null || order.Symbol == symbol) && order.Status is OrderStatus.New or OrderStatus.PartiallyFilled)];

    public IReadOnlyList<ExchangePosition> GetPositions(string account, string? symbol) => [.. Positions.Where(p => symbol is null || p.Symbol == symbol)];

    public ExchangeWallet GetWallet(string account) => Wallet;

    public IReadOnlyList<ExchangeFill> GetUserTrades(string account, string symbol, long fromTradeId, int limit) =>
        [.. Fills.Where(fill => fill.Symbol == symbol && fill.TradeId >= fromTradeId).OrderBy(fill => fill.TradeId).Take(limit)];

    public IReadOnlyList<AggTrade> GetAggTrades(string symbol, long fromId, int limit) =>
        fromId < 0 ? [.. Trades.TakeLast(limit)] : [.. Trades.Where(trade => trade.Id >= fromId).Take(limit)];

    public DepthSnapshot GetDepth(string symbol, int limit)
    {
        Calls.Add($"GetDepth {symbol} {limit}");
        return Depth;
    }

    public BookTicker GetBookTicker(string symbol) => Ticker;

    public MarkPrice GetMarkPrice(string symbol) => Mark;

    private ExchangeOrder? Find(string symbol, long orderId, string? clientOrderId) =>
        Orders.Values.FirstOrDefault(order => order.Symbol == symbol && (orderId != 0 ? order.OrderId == orderId : order.ClientOrderId == clientOrderId));

    public ExchangeOrder Amend(string account, OrderAmendRequest request) => throw new ExchangeException(-2013, "Order does not exist.");

    public IReadOnlyList<OrderAmendment> GetAmendments(string account, string symbol) => [];

    public IReadOnlyList<ExchangeOrder> GetAllOrders(string account, string symbol) => [.. Orders.Values.Where(order => order.Symbol == symbol)];

    public void ArmCountdown(string account, string symbol, long countdownMs) => Calls.Add($"ArmCountdown {account} {symbol} {countdownMs}");

    public ConditionalOrder PlaceConditional(string account, NewConditionalOrder request) =>
        throw new ExchangeException(-2021, "Order would immediately trigger.");

    public ConditionalOrder CancelConditional(string account, long algoId, string? clientAlgoId) => throw new ExchangeException(-2011, "Unknown order sent.");

    public IReadOnlyList<ConditionalOrder> CancelAllConditionals(string account, string symbol) => [];

    public IReadOnlyList<ConditionalOrder> GetConditionals(string account) => [];

    public void RunDue()
    {
    }
}
