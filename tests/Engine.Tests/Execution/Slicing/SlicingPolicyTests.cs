using Granary.Engine.Execution.Slicing;
using Granary.Engine.Market;
using Granary.Engine.Orders;

namespace Granary.Engine.Tests.Execution.Slicing;

public sealed class SlicingPolicyTests
{
    private static readonly SymbolRules _rules = new(
        "BTCUSDT", "TRADING", 0.1m, 0.001m, 0.001m, 1_000, 120, 100, 1, 1_000_000, 1.1m, 0.9m, 200, 1, 3);

    private static readonly SlicingOptions _options = new() { VolumeShareMax = 0.05m, RecentMs = 300_000, ParticipationMax = 0.1m, PlannedShare = 0.5m };

    [Theory]
    [InlineData(5, 100, false), InlineData(5.001, 100, true), InlineData(0.001, 0, true), InlineData(5, null, false)]
    public void An_order_is_large_above_a_share_of_the_recent_volume(double quantity, int? recent, bool isLarge) =>
        SlicingPolicy.IsLarge(_options, (decimal)quantity, recent).ShouldBe(isLarge);

    [Theory]
    [InlineData(10, 100, 600_000), InlineData(0.1, 100, 60_000), InlineData(1_000, 100, 3_600_000), InlineData(1, 0, 3_600_000)]
    public void The_horizon_is_as_long_as_the_market_needs(double quantity, int recent, long horizonMs) =>
        SlicingPolicy.HorizonMs(_options, (decimal)quantity, recent).ShouldBe(horizonMs);

    [Fact]
    public void A_plan_keeps_the_venues_rules()
    {
        var order = Plan(_options, 10, 100, isTaker: true)!;
        (order.Kind, order.HorizonMs, order.QuantityMax, order.NotionalMin, order.ParticipationWindowMs, order.Quantity)
            .ShouldBe((SliceKind.Vwap, 600_000, 120m, 100m, 300_000L, 10m));
        Plan(_options, 10, 100, isTaker: false)!.QuantityMax.ShouldBe(1_000m);
        Plan(_options with { Kind = SliceKind.Iceberg }, 10, 100, isTaker: false)!.VisibleQuantity.ShouldBe(1m);
        Plan(_options with { Kind = SliceKind.Iceberg }, 0.008m, 0.01m, isTaker: false)!.VisibleQuantity.ShouldBe(0.001m);
    }

    [Fact]
    public void An_order_goes_whole_when_it_is_small_not_worth_two_or_slicing_is_off()
    {
        Plan(_options, 1, 100, isTaker: true).ShouldBeNull();
        Plan(_options with { IsEnabled = false }, 10, 100, isTaker: true).ShouldBeNull();
        // At 60,000 the venue wants 100: 0.003 are 180.
        Plan(_options, 0.003m, 0.01m, isTaker: true).ShouldBeNull();
        Plan(_options, 10, null, isTaker: true).ShouldBeNull();
        SlicingPolicy.Plan(_options, _rules, OrderSide.Sell, 0.003m, 60_000, 0.01m, 0, true, isReduceOnly: true)!.NotionalMin.ShouldBe(0);
    }

    [Theory]
    [InlineData("VolumeShareMax"), InlineData("RecentMs"), InlineData("Kind"), InlineData("ParticipationMax"), InlineData("PlannedShare")]
    [InlineData("HorizonMsMin")]
    [InlineData("HorizonMsMax"), InlineData("IntervalMs"), InlineData("PauseMs"), InlineData("VisibleShare"), InlineData("Jitter")]
    public void Wrong_options_are_refused_by_name(string option)
    {
        var wrong = option switch
        {
            "VolumeShareMax" => _options with { VolumeShareMax = 0 },
            "RecentMs" => _options with { RecentMs = 999 },
            "Kind" => _options with { Kind = 0 },
            "ParticipationMax" => _options with { ParticipationMax = 1.1m },
            "PlannedShare" => _options with { PlannedShare = 0 },
            "HorizonMsMin" => _options with { HorizonMsMin = 0 },
            "HorizonMsMax" => _options with { HorizonMsMax = 59_999 },
            "IntervalMs" => _options with { IntervalMs = 359 },
            "PauseMs" => _options with { PauseMs = -1 },
            "VisibleShare" => _options with { VisibleShare = 2 },
            _ => _options with { Jitter = 1 },
        };
        Should.Throw<ArgumentException>(wrong.Validate).Message.ShouldContain(option);
    }

    private static SliceOrder? Plan(SlicingOptions options, decimal quantity, decimal? recent, bool isTaker) =>
        SlicingPolicy.Plan(options, _rules, OrderSide.Buy, quantity, 60_000, recent, 1_000, isTaker, isReduceOnly: false);
}
