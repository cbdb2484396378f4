using Granary.Backtest.Feeds;
using Granary.Backtest.Strategies;
using Granary.Backtest.Tests.Support;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Backtest.Tests;

/// <summary>Funding: charged at its times on what is held then, and a cost of an entry within the hour before.</summary>
public sealed class FundingTests
{
    private const long HourMs = 3_600_000;

    [Fact]
    public void Over_candles_alone_it_is_paid_at_its_times_at_the_close_before()
    {
        var candles = Markets.Candles(600);
        long[] timesMs = [Markets.StartMs + (2 * HourMs), Markets.StartMs + (8 * HourMs)];
        var feed = new CandleFeed(Markets.Rules(), candles) { Funding = [.. timesMs.Select((t, i) => new FundingRate(t, i == 0 ? 0.0001m : -0.0003m))] };
        var result = BacktestRunner.Run([feed], Markets.Terms(_ => [new BuyAndHold(2)]));
        var expected = timesMs.Select((t, i) => -2m * candles.Last(c => c.CloseTimeMs < t).Close * (i == 0 ? 0.0001m : -0.0003m)).Sum();
        result.Funding.ShouldBe(expected);
        result.Equity.ShouldBe(result.Cash + (2 * (candles[^1].Close - candles[1].Open)) + expected);
    }

    [Fact]
    public void A_position_closed_before_its_time_pays_nothing()
    {
        var feed = new CandleFeed(Markets.Rules(), Markets.Candles(300)) { Funding = [new FundingRate(Markets.StartMs + HourMs, 0.01m)] };
        var script = new Script(onCandle: (context, i) =>
        {
            if (i == 5) context.Enter("script", OrderSide.Buy, 1, "Test");
            if (i == 50) context.Leave("script", "Test");
        });
        BacktestRunner.Run([feed], Markets.Terms(_ => [script])).Funding.ShouldBe(0);
    }

    [Theory]
    [InlineData(90, OrderSide.Buy, true)]
    [InlineData(130, OrderSide.Buy, false)]
    [InlineData(130, OrderSide.Sell, true)]
    [InlineData(185, OrderSide.Buy, true)]
    public void Within_the_hour_before_an_entry_must_earn_it_too(int minute, OrderSide side, bool isApproved)
    {
        // The rate that is known is the one settled last, at the first minute; the next settlement comes after three hours and has another.
        var feed = new CandleFeed(Markets.Rules(), Markets.Candles(240))
        {
            Funding = [new FundingRate(Markets.StartMs + 60_000, 0.002m), new FundingRate(Markets.StartMs + (3 * HourMs), 0)],
        };
        string? id = null;
        var script = new Script(onCandle: (context, i) =>
        {
            if (i != minute) return;
            id = context.Propose(new Proposal(
                context.Account, context.Symbol, "script", "script/1", ProposalKind.Entry, side, 1, null, context.LastPrice, context.TimeMs, -1, 1, "Test")
            {
                ExpectedProfit = 0.0015,
            });
        });
        BacktestRunner.Run([feed], Markets.Terms(_ => [script]) with { Limits = Loose });
        (id is not null).ShouldBe(isApproved);
    }

    private static RiskLimits Loose => Markets.Terms(_ => []).Limits with { ProfitToFeesMin = 0 };
}
