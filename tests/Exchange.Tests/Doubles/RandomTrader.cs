using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Exchange.Contracts;
using Granary.Exchange.Markets;

namespace Granary.Exchange.Tests.Doubles;

/// <summary>Orders of every kind near the market, cancels, and market steps, drawn from a seed. Refusals of the venue are part of the game.</summary>
internal sealed class RandomTrader(ulong seed, params string[] accounts)
{
    private readonly SeededRandom _random = new(seed);

    public int Refused { get; private set; }

    public void Act(ExchangeCore exchange)
    {
        var dice = _random.Between(0, 9);
        if (dice <= 4 && exchange.Driver.NextTimeMs() is not null)
        {
            exchange.Driver.Step();
            return;
        }
        var account = accounts[_random.Between(0, accounts.Length - 1)];
        var rules = exchange.Symbols[(int)_random.Between(0, exchange.Symbols.Count - 1)];
        try
        {
            if (dice == 9) Cancel(exchange, account, rules.Symbol);
            else exchange.Place(account, Order(exchange, rules));
        }
        catch (ExchangeException)
        {
            Refused++;
        }
    }

    /// <summary>A random walk of trades.</summary>
    public static AggTrade[] Tape(ulong seed, int count, long startMs = 1_000_000, decimal price = 100m)
    {
        var random = new SeededRandom(seed);
        var trades = new AggTrade[count];
        for (var i = 0; i < count; i++)
        {
            price += random.Between(-2, 2) * 0.1m;
            startMs += random.Between(0, 400);
            trades[i] = Exchanges.Trade(i + 500, startMs, price, random.Between(1, 3000) / 1000m, random.Between(0, 1) == 0);
        }
        return trades;
    }

    private void Cancel(ExchangeCore exchange, string account, string symbol)
    {
        var open = exchange.GetOpenOrders(account, symbol);
        if (open.Count == 0 || _random.Between(0, 4) == 0) exchange.CancelAll(account, symbol);
        else exchange.Cancel(account, symbol, open[(int)_random.Between(0, open.Count - 1)].OrderId, null);
    }

    private NewOrder Order(ExchangeCore exchange, SymbolRules rules)
    {
        var ticker = exchange.GetBookTicker(rules.Symbol);
        var middle = ticker.BidPrice != 0 ? ticker.BidPrice : 100m;
        var side = _random.Between(0, 1) == 0 ? OrderSide.Buy : OrderSide.Sell;
        var type = _random.Between(0, 5) == 0 ? OrderType.Market : OrderType.Limit;
        var price = type == OrderType.Market ? 0 : rules.FloorPrice(middle) + (_random.Between(-8, 8) * rules.TickSize);
        var quantity = Math.Max(rules.StepSize, rules.FloorQuantity(_random.Between(60, 3000) / middle));
        var timeInForce = (TimeInForce)_random.Between(0, 5) switch { var t when t > TimeInForce.Gtx => TimeInForce.Gtc, var t => t };
        var id = _random.Between(0, 2) == 0 ? $"id{_random.Between(0, 20)}" : null;
        return new NewOrder(rules.Symbol, side, type, timeInForce, quantity, price, _random.Between(0, 3) == 0, id);
    }
}
