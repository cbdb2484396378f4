using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Tests.Doubles;

namespace Granary.Exchange.Tests.Accounts;

/// <summary>An exchange with wide symbols and a rich account "mm" to trade with, whose marks the test moves.</summary>
internal sealed class MarginRig : IDisposable
{
    public const string X = "XUSDT";
    public const string Y = "YUSDT";

    private readonly MarkedMarket _market;

    public MarginRig(decimal balance = 10_000m, Func<ExchangeOptions, ExchangeOptions>? change = null, decimal mark = 100m)
    {
        var options = new ExchangeOptions
        {
            Symbols = [Rules(X), Rules(Y)],
            Accounts = [new("a", "ka", "s", balance), new("b", "kb", "s", balance), new("mm", "km", "s", 1_000_000_000m)],
            MakerFee = 0,
            TakerFee = 0,
            LiquidationFee = 0,
            Leverage = 10,
        };
        _market = new MarkedMarket(mark);
        Exchange = Exchanges.Open(change?.Invoke(options) ?? options, _ => _market, Events);
    }

    public RecordedEvents Events { get; } = new();

    public ExchangeCore Exchange { get; }

    public static SymbolRules Rules(string symbol) =>
        new(symbol, "TRADING", 0.01m, 0.001m, 0.001m, 10_000_000m, 10_000_000m, 5m, 0.01m, 10_000_000m, 3m, 0.1m, 200, 2, 3);

    /// <summary>The account trades with mm.</summary>
    public void Trade(string account, OrderSide side, decimal quantity, decimal price, PositionSide position = PositionSide.Both, string symbol = X)
    {
        Exchange.Place("mm", Limit((OrderSide)(-(int)side), quantity, price, symbol: symbol));
        Exchange.Place(account, Limit(side, quantity, price, position, symbol) with { TimeInForce = TimeInForce.Ioc }).ExecutedQuantity.ShouldBe(quantity);
    }

    public NewOrder Limit(OrderSide side, decimal quantity, decimal price, PositionSide position = PositionSide.Both, string symbol = X, bool reduceOnly = false) =>
        new(symbol, side, OrderType.Limit, TimeInForce.Gtc, quantity, price, reduceOnly, null) { PositionSide = position };

    public void Mark(decimal mark, string symbol = X, long afterMs = 1000, decimal rate = 0.0001m) => _market.Move(Exchange, symbol, mark, afterMs, rate);

    public ExchangePosition Position(string account, PositionSide side = PositionSide.Both, string symbol = X) =>
        Exchange.GetPositions(account, symbol).Single(p => p.PositionSide == side);

    public decimal Quantity(string account, string symbol = X) => Exchange.GetPositions(account, symbol).Sum(p => p.Quantity);

    public ExchangeWallet Wallet(string account) => Exchange.GetWallet(account);

    public void Dispose()
    {
        Exchange.ShouldAddUp("a", "b", "mm");
        Exchange.Dispose();
    }
}
