using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Markets;
using Microsoft.Extensions.Logging.Abstractions;

namespace Granary.Exchange.Tests.Doubles;

/// <summary>Exchanges as the tests need them.</summary>
internal static class Exchanges
{
    public const string Symbol = "TSTUSDT";

    public static readonly SymbolRules Rules = new(
        Symbol, "TRADING", 0.1m, 0.001m, 0.001m, 1000m, 500m, 5m, 0.1m, 1_000_000m, 1.1m, 0.9m, 200, 1, 3);

    public static readonly ExchangeOptions TwoAccounts = new()
    {
        Symbols = [Rules],
        Accounts = [new("a", "key-a", "secret-a", 10_000m), new("b", "key-b", "secret-b", 10_000m)],
        StartTimeMs = 1_000_000,

        // What the sums in the tests are counted with, whatever the default is.
        TakerFee = 0.0004m,
    };

    public static ExchangeCore Book(RecordedEvents events, ExchangeOptions? options = null, decimal mark = 100m) =>
        Open(options ?? TwoAccounts, _ => new EmptyBookMarket(mark), events);

    public static ExchangeCore Replay(RecordedEvents events, IReadOnlyList<AggTrade> trades, ExchangeOptions? options = null) => Open(
        (options ?? TwoAccounts) with { Market = MarketKind.Replay, TapeFiles = new Dictionary<string, string> { [Symbol] = "memory" } },
        _ => new ReplayMarket(_ => trades, e => e is InvalidDataException), events);

    public static ExchangeCore Synthetic(RecordedEvents events, ExchangeOptions options) => Open(options, MarketFactory.Create, events);

    public static ExchangeCore Open(ExchangeOptions options, Func<ExchangeOptions, IMarket> market, RecordedEvents events) =>
        new(options, market, events, new ManualTime(1_700_000_000_000), NullLogger<ExchangeCore>.Instance);

    public static NewOrder Limit(
        OrderSide side, decimal price, decimal quantity, TimeInForce timeInForce = TimeInForce.Gtc, bool reduceOnly = false, string? id = null) =>
        new(Symbol, side, OrderType.Limit, timeInForce, quantity, price, reduceOnly, id);

    public static NewOrder Market(OrderSide side, decimal quantity, bool reduceOnly = false, string? id = null) =>
        new(Symbol, side, OrderType.Market, TimeInForce.Gtc, quantity, 0, reduceOnly, id);

    public static AggTrade Trade(long id, long timeMs, decimal price, decimal quantity, bool takerSells) =>
        new(id, timeMs, Fixed8.FromDecimal(price), Fixed8.FromDecimal(quantity), id, 1, takerSells);

    public static int RefusalOf(Action action) => Should.Throw<ExchangeException>(action).Code;
}
