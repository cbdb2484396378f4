using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Exchange;
using Granary.Exchange.Contracts;

namespace Granary.Simulation.Scenarios;

/// <summary>What the venue refuses by its rules is never sent. Names begin with the row of the list of scenarios.</summary>
public sealed class LegalityScenarios
{
    private const int ProposalsPerSymbol = 150;

    /// <summary>The rules of the catalogue, and others that are odd in ways in which the venue's are: whole ticks, steps above one, precisions that lie.</summary>
    private static readonly SymbolRules[] Rules =
    [
        .. SymbolCatalog.Defaults, .. SymbolCatalog.Samples, Listing.Rules("C001USDT"),
        Listing.Rules("C002USDT") with { TickSize = 0.005m, PricePrecision = 3, StepSize = 10m, QuantityMin = 10m, NotionalMin = 20m },
        Listing.Rules("C003USDT") with { TickSize = 0.00001m, PricePrecision = 7, StepSize = 0.1m, QuantityMin = 0.1m, QuantityPrecision = 1 },
        Listing.Rules("C004USDT") with { TickSize = 0.001m, PricePrecision = 3, StepSize = 5m, QuantityMin = 15m, MarketQuantityMax = 500m, QuantityMax = 2_000m },
    ];

    [Fact]
    public void H11_random_prices_and_quantities_in_every_symbol_are_legal_or_denied()
    {
        using var stage = new Stage(71, o => o with
        {
            Symbols = [.. Rules.Select(r => r.Symbol)],
            Rules = Rules,
            Profiles = [.. Rules.Select(ProfileOf)],
            Start = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero),
        });
        var random = new SplitMix(71);
        var (sent, denied) = (0, 0);
        foreach (var rules in Listed(stage))
        {
            for (var i = 0; i < ProposalsPerSymbol; i++)
            {
                if (Decide(stage, rules, random, i) is { } order)
                {
                    Send(stage, order);
                    sent++;
                }
                else
                {
                    denied++;
                }
            }
        }

        sent.ShouldBeGreaterThan(100);
        denied.ShouldBeGreaterThan(200);
        stage.Settle([.. Rules.Select(r => r.Symbol)]);
    }

    /// <summary>The rules as the engine reads them from exchangeInfo.</summary>
    private static IReadOnlyList<SymbolRules> Listed(Stage stage) =>
        stage.World.Scheduler.Run(async () => await stage.World.Market.GetSymbolRulesAsync(CancellationToken.None));

    private static Order? Decide(Stage stage, SymbolRules rules, SplitMix random, int i)
    {
        var mark = stage.World.Core.GetMarkPrice(rules.Symbol).Mark;
        var ticker = stage.World.Core.GetBookTicker(rules.Symbol);
        var gate = new RiskGate("sim", "rnd", new RiskLimits { ProfitToFeesMin = 0 });
        gate.SetState(TradingState.Active, "test");
        gate.OnWallet(100_000m, stage.Now.ToUnixTimeMilliseconds());
        gate.OnMark(rules.Symbol, mark, stage.Now.ToUnixTimeMilliseconds());

        // On the grid, beside it, and nowhere near it.
        var price = Number(mark * (decimal)(0.85 + (0.3 * random.Unit())), rules.TickSize, random);
        decimal? quantity = random.Unit() < 0.3 ? null : Number((decimal)Math.Exp(-8 + (20 * random.Unit())), rules.StepSize, random);
        var side = random.Unit() < 0.5 ? OrderSide.Buy : OrderSide.Sell;
        var proposal = new Proposal(
            "rnd", rules.Symbol, "momentum", $"momentum/{rules.Symbol}/{i}/entry", ProposalKind.Entry, side, 1, (double)mark * 0.002 * (0.1 + random.Unit()), mark,
            stage.Now.ToUnixTimeMilliseconds(), i, quantity, "test")
        {
            OrderType = random.Unit() < 0.6 ? OrderType.Limit : OrderType.Market,
            LimitPrice = price,
            TimeInForce = random.Unit() < 0.5 ? TimeInForce.Gtc : random.Unit() < 0.5 ? TimeInForce.Gtx : TimeInForce.Ioc,
        };
        var market = new MarketContext(rules, mark, ticker.BidPrice, ticker.AskPrice, mark, 10, stage.Now.ToUnixTimeMilliseconds());
        return gate.Decide(proposal, market).Approved?.Value;
    }

    private static decimal Number(decimal value, decimal grid, SplitMix random)
    {
        var whole = decimal.Floor(value / grid) * grid;
        return random.Unit() switch
        {
            < 0.6 => whole,
            < 0.8 => whole + (grid / 2),
            _ => decimal.Round(value, 12),
        };
    }

    /// <summary>Sends it past the engine; whatever the exchange says against its numbers fails the test.</summary>
    private static void Send(Stage stage, Order order)
    {
        var request = order.Request;
        try
        {
            stage.World.Core.Place(
                World.OtherAccount,
                new NewOrder(request.Symbol, request.Side, request.Type, request.TimeInForce, request.Quantity, request.Price ?? 0, request.ReduceOnly, $"h11-{stage.Now.Ticks}-{order.Request.ClientOrderId}"[..32]));
        }
        catch (ExchangeException refusal) when (refusal.Code is -2019 or -5022)
        {
            // No margin left, or a maker that would take by now: no fault of its numbers.
        }

        stage.World.Core.CancelAll(World.OtherAccount, request.Symbol);
    }

    private static SyntheticProfile ProfileOf(SymbolRules rules) => rules.Symbol switch
    {
        "APEUSDT" => new SyntheticProfile("APEUSDT", 1.5m, 0.2, 300m) { RequoteMs = 5_000 },
        var name when name.StartsWith('C') => Listing.Profile(name) with { Price = 6m },
        var name => SyntheticProfile.Find(name)! with { TradesPerSecond = 0.2, RequoteMs = 5_000 },
    };
}
