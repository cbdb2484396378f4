using Granary.Venues.Binance;
using Granary.Venues.Tests.Support;

namespace Granary.Venues.Tests.Binance;

public sealed class WeightBudgetTests
{
    // Manual time starts 30 s into a clock minute.
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Queries_stop_at_the_reserve_and_orders_at_the_limit()
    {
        var budget = new WeightBudget(1000, 200, _time);
        budget.TryTake(800, CallPriority.MarketQuery, out _).ShouldBeTrue();
        budget.TryTake(1, CallPriority.MarketQuery, out var wait).ShouldBeFalse();
        wait.ShouldBe(TimeSpan.FromSeconds(30));
        budget.TryTake(200, CallPriority.Reduction, out _).ShouldBeTrue();
        budget.TryTake(1, CallPriority.Reduction, out _).ShouldBeFalse();
        budget.TryTake(0, CallPriority.Reduction, out _).ShouldBeTrue();
        _time.Advance(wait, static () => { });
        budget.Used.ShouldBe(0);
        budget.TryTake(1, CallPriority.MarketQuery, out _).ShouldBeTrue();
    }

    [Fact]
    public void Queries_of_markets_leave_a_share_to_those_of_accounts()
    {
        var budget = new WeightBudget(1000, 200, _time, accountShare: 0.375);
        budget.TryTake(500, CallPriority.MarketQuery, out _).ShouldBeTrue();
        budget.TryTake(1, CallPriority.MarketQuery, out _).ShouldBeFalse();
        budget.TryTake(300, CallPriority.AccountQuery, out _).ShouldBeTrue();
        budget.TryTake(1, CallPriority.AccountQuery, out _).ShouldBeFalse();
        budget.TryTake(100, CallPriority.Order, out _).ShouldBeTrue();
    }

    [Fact]
    public void The_venues_count_is_taken_over_when_it_is_higher_and_of_this_minute()
    {
        var budget = new WeightBudget(1000, 0, _time);
        var nowMs = _time.GetUtcNow().ToUnixTimeMilliseconds();
        budget.TryTake(10, CallPriority.MarketQuery, out _);
        budget.Observe(5, nowMs);
        budget.Used.ShouldBe(10);
        budget.Observe(990, nowMs);
        budget.Used.ShouldBe(990);
        _time.Advance(TimeSpan.FromSeconds(31), static () => { });
        budget.Observe(995, nowMs);
        budget.Used.ShouldBe(0);
        budget.Observe(-1, nowMs + 31_000);
        budget.Used.ShouldBe(0);
    }

    [Fact]
    public void A_rate_limit_stops_everybody_until_it_ends()
    {
        var budget = new WeightBudget(1000, 0, _time);
        budget.Block(7, false);
        budget.TryTake(0, CallPriority.Reduction, out var wait).ShouldBeFalse();
        wait.ShouldBe(TimeSpan.FromSeconds(7));
        budget.Block(3, false).ShouldBe(TimeSpan.FromSeconds(7));
        _time.Advance(TimeSpan.FromSeconds(7), static () => { });
        budget.TryTake(1, CallPriority.MarketQuery, out _).ShouldBeTrue();
        // Without Retry-After: to the end of the minute (23 s left), or two minutes for a ban.
        budget.Block(-1, false).ShouldBe(TimeSpan.FromSeconds(23));
        budget.Block(-1, true).ShouldBe(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void A_smaller_limit_of_the_venue_counts_and_one_dear_request_still_passes_alone()
    {
        var budget = new WeightBudget(1000, 100, _time);
        budget.LimitTo(300);
        budget.TryTake(200, CallPriority.MarketQuery, out _).ShouldBeTrue();
        budget.TryTake(1, CallPriority.MarketQuery, out _).ShouldBeFalse();
        _time.Advance(TimeSpan.FromMinutes(1), static () => { });
        budget.LimitTo(10);
        budget.TryTake(20, CallPriority.MarketQuery, out _).ShouldBeTrue();
        budget.TryTake(1, CallPriority.MarketQuery, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_long_refill_leaves_weight_for_a_small_one_and_for_books()
    {
        var budget = new WeightBudget(1000, 200, _time, accountShare: 0.5);
        budget.TryTake(300, CallPriority.HistoryQuery, out _).ShouldBeTrue();
        budget.TryTake(1, CallPriority.HistoryQuery, out _).ShouldBeFalse();
        budget.TryTake(100, CallPriority.MarketQuery, out _).ShouldBeTrue();
        budget.TryTake(1, CallPriority.MarketQuery, out _).ShouldBeFalse();
        budget.TryTake(400, CallPriority.AccountQuery, out _).ShouldBeTrue();
    }

    [Fact]
    public void Orders_leave_half_of_the_reserve_to_cancels_and_reductions()
    {
        var budget = new WeightBudget(1000, 200, _time);
        budget.TryTake(800, CallPriority.AccountQuery, out _).ShouldBeTrue();
        budget.TryTake(1, CallPriority.AccountQuery, out _).ShouldBeFalse();
        budget.TryTake(100, CallPriority.Order, out _).ShouldBeTrue();
        budget.TryTake(1, CallPriority.Order, out _).ShouldBeFalse();
        // Most orders cost no weight, and are not held up for it.
        budget.TryTake(0, CallPriority.Order, out _).ShouldBeTrue();
        budget.TryTake(100, CallPriority.Reduction, out _).ShouldBeTrue();
        budget.TryTake(1, CallPriority.Reduction, out _).ShouldBeFalse();
    }
}
