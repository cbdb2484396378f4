using Granary.Engine.Margin;
using Granary.Engine.Risk;
using Granary.Grains.Configuration;
using Granary.Grains.Gateway;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Grains.Tests.Risk;

/// <summary>What the grains know of market and venue reaches the gate, and is refused by its own reason.</summary>
public sealed class MarketGateTests
{
    [Theory]
    [InlineData(1_000, "")]
    [InlineData(1_001, "ClockSkew")]
    [InlineData(-1_001, "ClockSkew")]
    public void The_venues_clock_is_measured(long skewMs, string refusal)
    {
        using var bench = new GrainBench().StartActive();
        bench.Venue.SkewMs = skewMs;
        bench.Tell(() => bench.Silo.Services.GetRequiredService<VenueClock>().MeasureAsync(CancellationToken.None));
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e"))).Reason.ShouldBe(refusal);
    }

    [Fact]
    public void A_measurement_of_long_ago_says_nothing()
    {
        using var bench = new GrainBench().StartActive();
        var clock = bench.Silo.Services.GetRequiredService<VenueClock>();
        clock.SkewMs.ShouldBeNull();
        bench.Venue.SkewMs = 5_000;
        bench.Tell(() => clock.MeasureAsync(CancellationToken.None));
        clock.SkewMs.ShouldBe(5_000);
        bench.Pass(301);
        clock.SkewMs.ShouldBeNull();
    }

    [Theory]
    [InlineData(0.29, null, "ThinMarket")]
    [InlineData(0.3, null, "")]
    [InlineData(null, -0.6, "CrossMarketDisagrees")]
    [InlineData(null, 0.6, "")]
    public void Thin_markets_and_a_related_market_against_it_are_refused(double? intensity, double? flow, string refusal)
    {
        using var bench = Bench(new RiskLimits { CrossMarketFlowMax = 0.5 });
        var entry = Samples.Entry("e");
        var message = new ProposalMessage(entry.Proposal, entry.Market with { TradeIntensityShare = intensity, CrossMarketFlow = flow }, "", 0);
        bench.Ask(() => bench.Risk.Propose(message)).Reason.ShouldBe(refusal);
        bench.Decisions().Single().Reason.ShouldBe(refusal);
    }

    [Theory]
    [InlineData(-1, 1, "Maintenance")]
    [InlineData(1, 2, "")]
    public void Maintenance_windows_are_refused(long startMs, long endMs, string refusal)
    {
        using var bench = Bench(new RiskLimits
        {
            MaintenanceWindows = [new MaintenanceWindow { Name = "upgrade", StartMs = Samples.T0 + startMs, EndMs = Samples.T0 + endMs }],
        });
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e"))).Reason.ShouldBe(refusal);
    }

    [Theory]
    [InlineData(0.00311, null, 0, "")]
    [InlineData(0.00299, null, 0, "ProfitBelowFees")]
    [InlineData(0.00311, 0.0, 0, "")]
    [InlineData(0.00311, 0.01, 0, "ProfitBelowFees")]
    [InlineData(0.00311, null, 0.001, "ProfitBelowFees")]
    [InlineData(0.00311, null, -0.001, "")]
    public void Profit_is_held_against_fees_slippage_and_funding_that_is_near(double profit, double? impact, double rate, string refusal)
    {
        using var bench = Bench(new RiskLimits());
        bench.Tell(() => bench.Risk.OnMark(new MarkNotice(Samples.Symbol, 100, Samples.T0, (decimal)rate, Samples.T0 + 1_000, null, impact)));
        bench.Pass(0.1);
        var entry = Samples.Entry("e", quantity: 10);
        bench.Ask(() => bench.Risk.Propose(new ProposalMessage(entry.Proposal with { ExpectedProfit = profit }, entry.Market, "", 0))).Reason.ShouldBe(refusal);
    }

    [Fact]
    public void Leverage_brackets_come_from_the_settings_and_then_from_the_venue_also_after_a_restart()
    {
        using var bench = new GrainBench();
        bench.Settings = Samples.Settings with { LeverageBrackets = [LeverageBrackets.Flat(Samples.Symbol, 0.4m)] };
        bench.StartActive();
        bench.Venue.OnPlace = request => Task.FromResult(bench.Venue.Take(request));
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e", quantity: 10))).Approved.ShouldBeTrue();
        bench.Pass(1);
        bench.DeliverEvents();
        bench.Pass(6);
        Ratio().ShouldBe(0.004m, 0.0001m);

        bench.Crash();
        bench.StartActive();
        bench.Tell(() => bench.Risk.OnMark(new MarkNotice(Samples.Symbol, 100, Samples.T0 + 60_000)));
        bench.Pass(0.1);
        Ratio().ShouldBe(0.004m, 0.0001m);
        bench.Silo.Services.GetRequiredService<SymbolCatalog>().Load([LeverageBrackets.Flat(Samples.Symbol, 0.2m)]);
        bench.Pass(6);
        Ratio().ShouldBe(0.002m, 0.0001m);

        decimal Ratio() => bench.Ask(bench.Risk.GetReport).MarginRatio!.Value;
    }

    [Fact]
    public void Risk_parity_keeps_a_position_within_its_share_and_opens_nothing_without_a_volatility()
    {
        using var bench = new GrainBench();
        var account = new AccountSettings { Name = Samples.Account, RiskParity = true, Limits = new RiskLimits { GrossNotionalEquityMax = 0.01m } };
        bench.Settings = Samples.Settings with
        {
            Accounts = [account],
            Symbols = [Samples.Settings.Symbols[0], Samples.Settings.Symbols[0] with { Symbol = "ETHUSDT" }],
        };
        bench.Start();
        bench.Silo.Services.GetRequiredService<SymbolCatalog>().Load([Samples.Rules with { Symbol = "ETHUSDT" }]);
        bench.Tell(() => bench.Risk.OnStream(true, "connected"));
        bench.Until(() => bench.RiskView.State == "Active", "the account to be Active");
        var refused = bench.Ask(() => bench.Risk.Propose(Samples.Entry("e1", quantity: 1)));
        refused.Reason.ShouldBe("SymbolLeverageLimit");

        // Volatilities 1 : 3, shares 3/4 and 1/4 of 1 % of 100,000.
        Tell("BTCUSDT", 0.2);
        Tell("ETHUSDT", 0.6);
        bench.Ask(bench.Risk.GetReport).Symbols.Select(s => s.ParityWeight!.Value).ShouldBe([0.75, 0.25], 1e-12);
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e2", quantity: 7.51m))).Reason.ShouldBe("SymbolLeverageLimit");
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e3", quantity: 7.5m))).Approved.ShouldBeTrue();

        void Tell(string symbol, double volatility)
        {
            bench.Tell(() => bench.Risk.OnMark(new MarkNotice(symbol, 100, Samples.T0, Volatility: volatility)));
            bench.Pass(0.1);
        }
    }

    private static GrainBench Bench(RiskLimits limits) => new GrainBench
    {
        Settings = Samples.Settings with { Accounts = [new AccountSettings { Name = Samples.Account, Limits = limits }] },
    }.StartActive();
}
