using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Engine.Signals;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Strategies;

namespace Granary.Grains.Tests.Support;

/// <summary>One account and one symbol at a price of about 100, and what can happen to them.</summary>
internal static class Samples
{
    public const string Account = "main";

    public const string Symbol = "BTCUSDT";

    /// <summary>2024-01-01 00:00 UTC, where virtual time begins.</summary>
    public const long T0 = 1_704_067_200_000;

    public static SymbolRules Rules { get; } = new(
        Symbol, "TRADING", TickSize: 0.1m, StepSize: 0.001m, QuantityMin: 0.001m, QuantityMax: 1_000, MarketQuantityMax: 500, NotionalMin: 5, PriceMin: 1,
        PriceMax: 100_000, MultiplierUp: 1.05m, MultiplierDown: 0.95m, OrdersMax: 200, PricePrecision: 1, QuantityPrecision: 3);

    /// <summary>Short windows, so that the strategy speaks after a few bars; profit is not held against fees, because the bars are as short.</summary>
    public static EngineSettings Settings { get; } = new()
    {
        EngineId = "t",
        VenueName = "scripted",

        // The scripted streams say what a test has them say.
        Watchdog = new WatchdogSettings { StreamSilentMs = 0 },
        Symbols =
        [
            new SymbolSettings
            {
                Symbol = Symbol,
                Pipeline = new PipelineOptions
                {
                    VolumeThreshold = 5, VwapWindow = 2, AtrWindow = 2, KyleWindow = 2, Q90Window = 50, Q90Min = 5, VpinWindow = 2, ZWindows = [3],
                },
                Strategies = ["momentum"],
                Signals = new SignalOptions
                {
                    Regime = new RegimeOptions { VolatilityShortWindow = 2, VolatilityLongWindow = 6, DurationWindow = 3, SignalZWindow = 3 },
                    Momentum = new MomentumOptions { OfiLookback = 2, OfiThreshold = 0.05, DeltaLookback = 2, OptionalNeeded = 0, SignalZWindow = 3 },
                    Reversion = new ReversionOptions
                    {
                        EntryQuantile = 0.3, EntryWindow = 6, OfiLookback = 2, OfiNeutral = 0.6, VolatilityWindow = 1, VolumeWindow = 2,
                    },
                },
                Accounts = [Account],
            },
        ],
        Accounts = [new AccountSettings { Name = Account, Limits = new RiskLimits { ProfitToFeesMin = 0 } }],
    };

    /// <summary>The same with all three strategies and their combination.</summary>
    public static EngineSettings AllStrategies { get; } = Settings with { Symbols = [Settings.Symbols[0] with { Strategies = StrategyNames.All }] };

    /// <summary>Trades with consecutive ids in which takers mostly buy; the same ones for the same arguments.</summary>
    public static AggTrade[] Trades(long firstId, int count, double buyShare = 0.8, decimal price = 100m, long startMs = T0, ulong seed = 1)
    {
        var random = new Random((int)seed);
        var trades = new AggTrade[count];
        var ticks = (long)(price * 10);
        for (var i = 0; i < count; i++)
        {
            var buys = random.NextDouble() < buyShare;
            ticks += random.Next(3) - 1;
            trades[i] = Trade(firstId + i, ticks / 10m, random.Next(1, 20) / 10m, buys, startMs + (i * 50) + random.Next(40));
        }

        return trades;
    }

    public static AggTrade Trade(long id, decimal price, decimal quantity = 1, bool isBuy = true, long timeMs = T0) =>
        new(id, timeMs, Fixed8.FromDecimal(price), Fixed8.FromDecimal(quantity), id * 10, 1, !isBuy);

    public static ProposalMessage Entry(string intentId, OrderSide side = OrderSide.Buy, decimal? quantity = 1, long timeMs = T0) => Message(
        new Proposal(Account, Symbol, "momentum", intentId, ProposalKind.Entry, side, 1, 2.0, 100, timeMs, 1, quantity, "because"));

    public static ProposalMessage Exit(string intentId, OrderSide side = OrderSide.Sell, long timeMs = T0) => Message(
        new Proposal(Account, Symbol, "momentum", intentId, ProposalKind.Exit, side, 1, null, 100, timeMs, 1, null, "because"));

    /// <summary>An approved order; a gate of its own minted it, as only a gate can.</summary>
    public static Approved<Order> Approved(long sequence, decimal quantity = 1, OrderSide side = OrderSide.Buy, decimal? limit = null, long timeMs = T0)
    {
        var gate = new RiskGate("t", Account, new RiskLimits());
        gate.SetState(TradingState.Active, "test");
        gate.OnWallet(1_000_000_000, T0);
        gate.RestoreSequence(sequence);
        var proposal = Entry($"intent/{sequence}", side, quantity, timeMs).Proposal;
        if (limit is { } price) proposal = proposal with { OrderType = OrderType.Limit, LimitPrice = price, TimeInForce = TimeInForce.Gtc };
        var decision = gate.Decide(proposal, new MarketContext(Rules, 100, null, null, 100, 0, timeMs));
        return decision.Approved ?? throw new InvalidOperationException($"refused: {decision.Refusal}");
    }

    private static ProposalMessage Message(Proposal proposal) =>
        new(proposal, new MarketState(100, 99.9m, 100.1m, 100, 0, proposal.MarketTimeMs), "{\"atr\":2}", 0);
}
