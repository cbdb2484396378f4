using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Engine.Signals;
using Granary.Engine.Sizing;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Strategies;
using Granary.Grains.Tests.Support;

namespace Granary.Grains.Tests.Symbols;

/// <summary>What the strategies say together becomes entries and exits.</summary>
public sealed class SignalTests
{
    [Fact]
    public void The_combination_reaches_the_gate_with_its_side_and_strength()
    {
        using var signals = Run(SignalBench.All(s => s));
        var decisions = signals.Bench.Decisions().Where(d => d.Kind == "Entry").ToDictionary(d => d.BarIndex);
        var wanted = signals.Expected.Where(r => r.Combined.Action is SignalAction.Long or SignalAction.Short).ToList();
        wanted.Count.ShouldBeGreaterThan(5);
        wanted.Select(r => r.Combined.Contributions[0].Signal).Distinct().Count().ShouldBe(2, "both signals should open something");
        decisions.Keys.Order().ShouldBe(wanted.Select(r => r.BarIndex));
        foreach (var report in wanted)
        {
            var strongest = report.Combined.Contributions.MaxBy(c => c.Strength * c.SizeFactor);
            var decision = decisions[report.BarIndex];
            decision.Strategy.ShouldBe(strongest.Signal == SignalKind.Momentum ? "momentum" : "reversion");
            decision.Side.ShouldBe(report.Combined.Action == SignalAction.Long ? "Buy" : "Sell");
            decision.Strength.ShouldBe(strongest.Strength);
            decision.Why.ShouldBe(signals.Explanations[(int)report.BarIndex]);
            foreach (var part in new[] { "regime", "momentum", "reversion", "combined", "threshold" }) decision.Why.ShouldContain($"\"{part}\":");
        }
    }

    [Fact]
    public void Sizes_follow_the_factors_of_regime_and_combination()
    {
        var regimes = new RegimeFactors { High = 1, Normal = 1, Low = 1 };
        var whole = FirstQuantity(regimes, new CombinationOptions { MomentumFactor = 1, ReversionFactor = 1 });
        FirstQuantity(new RegimeFactors { High = 0.5m, Normal = 0.5m, Low = 0.5m }, new CombinationOptions { MomentumFactor = 1, ReversionFactor = 1 })
            .ShouldBe(whole / 2, 0.001m);
        FirstQuantity(regimes, new CombinationOptions { MomentumFactor = 0.25, ReversionFactor = 0.25 }).ShouldBe(whole / 4, 0.001m);
    }

    [Fact]
    public void Momentum_alone_is_not_filtered_by_any_regime()
    {
        using var signals = Run(SignalBench.All(s => s) with { Strategies = [StrategyNames.Momentum] });
        signals.Bench.Decisions().Where(d => d.Kind == "Entry").Select(d => d.BarIndex)
            .ShouldBe(signals.Expected.Where(r => r.Momentum.Side is not null).Select(r => r.BarIndex));
    }

    [Theory]
    [InlineData(StrategyNames.Momentum)]
    [InlineData(StrategyNames.Reversion)]
    public void An_extreme_regime_closes_the_strategies_position(string strategy)
    {
        using var signals = new SignalBench(
            Samples.Trades(1, 400), SignalBench.All(s => Quiet(s) with { Regime = s.Regime with { ImpactThreshold = 0.001, ExtremeRatio = 1_000 } }));
        var extreme = (int)signals.Expected.First(r => r.Combined.Action == SignalAction.ForceFlat).BarIndex;
        signals.RunTo(extreme - 1);
        Enter(signals, strategy);
        signals.Bench.Decisions().ShouldAllBe(d => d.Kind == "Entry");

        signals.RunTo(extreme);
        var exit = signals.Bench.Decisions().Single(d => d.Kind == "Exit");
        (exit.Outcome, exit.Side, exit.Strategy).ShouldBe(("Approved", "Sell", strategy));
        exit.Why.ShouldContain("\"reason\":\"ExtremeRegime\"");
        exit.Why.ShouldContain("\"regime\":\"Extreme\"");

        // The order is under way: the bars that follow do not ask again.
        signals.RunTo(extreme + 3);
        signals.Bench.Decisions().Count(d => d.Kind == "Exit").ShouldBe(1);
    }

    [Theory]
    [InlineData(StrategyNames.Reversion, true)]
    [InlineData(StrategyNames.Momentum, false)]
    public void A_price_back_at_the_vwap_closes_the_position_that_reversion_opened(string strategy, bool isClosed)
    {
        using var signals = new SignalBench(Samples.Trades(1, 400), SignalBench.All(s => Quiet(s) with { Reversion = s.Reversion with { DeviationExit = 1 } }));
        signals.RunTo(5);
        Enter(signals, strategy);
        signals.RunTo(7);
        var exits = signals.Bench.Decisions().Where(d => d.Kind == "Exit").ToList();
        exits.Count.ShouldBe(isClosed ? 1 : 0);
        if (isClosed) exits[0].Why.ShouldContain("\"reason\":\"BackAtVwap\"");
    }

    [Fact]
    public void A_strategy_that_fails_does_not_stop_the_market_and_nothing_is_opened()
    {
        // A window that the pipeline does not have: the regime refuses every bar.
        using var signals = new SignalBench(Samples.Trades(1, 600), SignalBench.All(s => s));
        var broken = signals.Symbol with { Signals = signals.Symbol.Signals with { Regime = signals.Symbol.Signals.Regime with { SignalZWindow = 99 } } };
        using var bench = new GrainBench { Settings = Samples.Settings with { Symbols = [broken] } }.StartActive();
        bench.Ask(() => bench.Symbol.Ingest(new Interfaces.Symbols.TradeBatch(Samples.Trades(1, 600), true, false, 0))).Accepted.ShouldBeTrue();
        bench.SymbolView.Bars.ShouldBe(signals.Bars);
        bench.SymbolView.LastDecision.ShouldContain("\"silent\":[\"regime\",\"reversion\"]");
        bench.Decisions().ShouldBeEmpty();

        // After a minute of waiting for it the symbol's own state is written without it.
        bench.Pass(70);
        bench.Crash();
        bench.StartActive();
        bench.Ask(bench.Symbol.GetNextId).ShouldBe(601);
    }

    [Theory]
    [InlineData("magic", "there is no strategy 'magic'; configure one of: regime, momentum, reversion")]
    [InlineData("reversion", "reversion needs regime and momentum")]
    public void A_list_of_strategies_that_cannot_be_asked_is_refused_by_name(string name, string message)
    {
        var symbol = Samples.Settings.Symbols[0] with { Strategies = [name] };
        using var bench = new GrainBench { Settings = Samples.Settings with { Symbols = [symbol] } }.Start();
        Should.Throw<KeyNotFoundException>(() => bench.Ask(bench.Symbol.GetNextId)).Message.ShouldContain(message);
    }

    /// <summary>Opens nothing by itself, and is never extreme.</summary>
    private static SignalOptions Quiet(SignalOptions options) => options with
    {
        Regime = options.Regime with { ImpactThreshold = 1_000, ExtremeRatio = 1_000 },
        Momentum = options.Momentum with { OfiThreshold = 1 },
        Reversion = options.Reversion with { OfiNeutral = 1e-9, DeviationExit = 0 },
    };

    private static SignalBench Run(SymbolSettings symbol)
    {
        var signals = new SignalBench(Samples.Trades(1, 1_500, buyShare: 0.5), symbol);
        signals.RunTo(signals.Bars - 1);
        return signals;
    }

    private static decimal FirstQuantity(RegimeFactors regimes, CombinationOptions combination)
    {
        using var signals = new SignalBench(
            Samples.Trades(1, 1_500, buyShare: 0.5), SignalBench.All(s => s with { Combination = combination }) with { RegimeFactors = regimes },
            limits: new RiskLimits { RiskPerTrade = 0.00001m });
        signals.RunTo(signals.Bars - 1);
        return signals.Bench.Orders()[0].Quantity;
    }

    private static void Enter(SignalBench signals, string strategy)
    {
        var bench = signals.Bench;
        bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Take(request));
        var message = Samples.Entry($"{strategy}/by-hand", OrderSide.Buy, quantity: 2, timeMs: bench.SymbolView.LastTradeTimeMs);
        message = new ProposalMessage(message.Proposal with { Strategy = strategy, Atr = 20 }, message.Market, "", 0);
        bench.Ask(() => bench.Risk.Propose(message)).Approved.ShouldBeTrue();
        bench.Pass(0.1);
        bench.DeliverEvents();
        bench.Pass(0.1);
        bench.SymbolView.Guard.ShouldContain($"main {strategy} 2 from 100");
    }
}
