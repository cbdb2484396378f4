using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Orders;
using Granary.Engine.Protection;

namespace Granary.Engine.Tests.Protection;

public sealed class ProtectiveStopsTests
{
    private const string Opening = "g/main/momentum/1a";
    private readonly ProtectiveStops _stops = new("g", "main");

    [Fact]
    public void The_first_is_for_the_whole_position_and_nothing_follows_while_its_answer_is_out()
    {
        var plan = Plan(97);
        plan.Place.ShouldBe(new ProtectiveStop($"{Opening}.1", OrderSide.Sell, 97, null, ProtectiveStopState.Pending, 0, 1));
        Plan(97).ShouldBe(StopPlan.Nothing);
        _stops.OnUnknown($"{Opening}.1", 2);
        Plan(97).ShouldBe(StopPlan.Nothing);
        Report($"{Opening}.1", TriggerOrderStatus.Waiting, 97, null);
        Plan(97).Cancel.ShouldBeEmpty();
        _stops.Current(Target(97))!.State.ShouldBe(ProtectiveStopState.Resting);
    }

    [Fact]
    public void The_old_one_goes_only_when_the_new_one_rests()
    {
        Rest(97);
        var second = Plan(98).Place!;
        (second.Quantity, second.TriggerPrice).ShouldBe((2m, 98m));
        Plan(98).Cancel.ShouldBeEmpty("the new one does not rest yet");
        Report(second.ClientId, TriggerOrderStatus.Waiting, 98, 2);
        Plan(98).Cancel.ShouldBe([$"{Opening}.1"]);
    }

    [Fact]
    public void It_never_moves_away_and_grows_with_the_position()
    {
        Rest(97);
        Report(Plan(98).Place!.ClientId, TriggerOrderStatus.Waiting, 98, 2);
        _stops.OnCanceling($"{Opening}.1", 5);
        _stops.OnCanceled($"{Opening}.1", 5);
        Plan(90).ShouldSatisfyAllConditions(p => p.Place.ShouldBeNull(), p => p.Cancel.ShouldBeEmpty());
        _stops.Plan(Target(90) with { Size = 3 }, false, 6).Place!.ShouldSatisfyAllConditions(s => s.TriggerPrice.ShouldBe(98), s => s.Quantity.ShouldBeNull());
    }

    [Fact]
    public void A_short_positions_stop_lies_above_and_comes_down()
    {
        var target = new StopTarget(Opening, OrderSide.Buy, 103, 1);
        var first = _stops.Plan(target, false, 1).Place!;
        _stops.OnReport(ReportOf(first.ClientId, TriggerOrderStatus.Waiting, 103, null) with { Side = OrderSide.Buy }, 2);
        _stops.Plan(target with { TriggerPrice = 104 }, false, 3).Place.ShouldBeNull();
        _stops.Plan(target with { TriggerPrice = 102 }, false, 3).Place!.TriggerPrice.ShouldBe(102);
    }

    [Fact]
    public void Flat_cancels_all_and_a_position_nothing_is_known_of_keeps_what_it_has()
    {
        Rest(97);
        _stops.Plan(null, false, 3).ShouldBe(StopPlan.Nothing);
        _stops.Plan(null, true, 3).Cancel.ShouldBe([$"{Opening}.1"]);
    }

    [Fact]
    public void The_stop_of_the_position_before_goes_when_that_of_the_next_one_rests()
    {
        Rest(97);
        var next = Target(80) with { OpeningId = "g/main/reversion/1b" };
        var placed = _stops.Plan(next, false, 4).Place!;
        (placed.TriggerPrice, placed.Quantity).ShouldBe((80m, 2m), "another position's stop binds neither price nor form, but takes the place of the whole one");
        Report(placed.ClientId, TriggerOrderStatus.Waiting, 80, 2);
        _stops.Plan(next, false, 5).Cancel.ShouldBe([$"{Opening}.1"]);
    }

    [Fact]
    public void One_that_was_set_off_is_waited_for_and_its_end_leads_to_the_next()
    {
        Rest(97);
        Report($"{Opening}.1", TriggerOrderStatus.Triggered, 97, null).ShouldNotBeNull();
        Plan(98).ShouldBe(StopPlan.Nothing);
        Report($"{Opening}.1", TriggerOrderStatus.Waiting, 97, null).ShouldBeNull("an old report does not bring it back");
        Report($"{Opening}.1", TriggerOrderStatus.Rejected, 97, null)!.State.ShouldBe(ProtectiveStopState.Over);
        Plan(98).Place.ShouldNotBeNull();
    }

    [Fact]
    public void A_refusal_waits_and_a_taken_place_leads_to_a_quantity_at_once()
    {
        var first = Plan(97).Place!;
        _stops.OnRefused(first.ClientId, StopRefusal.CloseTaken, "taken", 10, 1000);
        var second = _stops.Plan(Target(97), false, 10).Place!;
        second.Quantity.ShouldBe(2);
        _stops.OnRefused(second.ClientId, StopRefusal.WouldTrigger, "too late", 10, 1000);
        (_stops.LastRefusal, _stops.Complaint).ShouldBe((StopRefusal.WouldTrigger, "too late"));
        _stops.Plan(Target(97), false, 1009).Place.ShouldBeNull();
        var third = _stops.Plan(Target(97), false, 1010).Place!;
        Report(third.ClientId, TriggerOrderStatus.Waiting, 97, 2);
        _stops.Plan(Target(97), false, 1011);
        (_stops.LastRefusal, _stops.Complaint).ShouldBe((null, ""));
    }

    [Fact]
    public void Foreign_ones_and_other_kinds_are_left_alone()
    {
        foreach (var id in new[] { "web_1", "g/other/momentum/1.1", "h/main/momentum/1.1", "g/main/momentum/1", "g/main/momentum/1.", "g/main/momentum/.1" })
            Report(id, TriggerOrderStatus.Waiting, 90, null).ShouldBeNull(id);
        _stops.OnReport(ReportOf($"{Opening}.3", TriggerOrderStatus.Waiting, 90, null) with { IsStop = false }, 1).ShouldBeNull();
        _stops.Live.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("g/main/momentum/1a", 1, "g/main/momentum/1a.1")]
    [InlineData("g/main/momentum/1a", 1295, "g/main/momentum/1a.zz")]
    [InlineData("gggg/accounta/strategy--12/zzzzzz", 1296, "gggg/accounta/strategy--1/zzzzzz.100")]
    public void Ids_are_short_and_read_back(string opening, long number, string expected)
    {
        var id = ProtectiveStopId.Format(opening, number);
        id.ShouldBe(expected);
        id.Length.ShouldBeLessThanOrEqualTo(36);
        ProtectiveStopId.IsOf(id, opening).ShouldBeTrue();
        ProtectiveStopId.IsOf(id, opening.Replace("/1a", "/2a").Replace("zzzzzz", "zzzzzy")).ShouldBeFalse();
        ProtectiveStopId.TryParse(id, opening.Split('/')[0], opening.Split('/')[1], out _, out var back).ShouldBeTrue();
        back.ShouldBe(number);
        Should.Throw<ArgumentException>(() => ProtectiveStopId.Format("web_1", 1));
        Should.Throw<ArgumentOutOfRangeException>(() => ProtectiveStopId.Format(opening, 0));
    }

    /// <summary>A venue that loses answers and events, drops stops and sets them off, against the rule of this house: protected once, protected until flat.</summary>
    [Fact]
    public void Whatever_the_venue_does_the_position_ends_with_exactly_one_stop_that_never_went_back() => Prop.ForAll(
        Arb.From(Gen.Choose(0, int.MaxValue - 1)),
        seed =>
        {
            var life = new StopLife(seed);
            for (var i = 0; i < 120; i++) life.Step();
            life.Settle();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static StopTarget Target(decimal price) => new(Opening, OrderSide.Sell, price, 2);

    private static TriggerOrderReport ReportOf(string id, TriggerOrderStatus status, decimal price, decimal? quantity) =>
        new("BTCUSDT", id, 7, status, OrderSide.Sell, true, price, quantity, true, 0, "", 1);

    private StopPlan Plan(decimal price) => _stops.Plan(Target(price), false, 1);

    private ProtectiveStop? Report(string id, TriggerOrderStatus status, decimal price, decimal? quantity) =>
        _stops.OnReport(ReportOf(id, status, price, quantity), 2);

    private void Rest(decimal price)
    {
        var placed = Plan(price).Place!;
        Report(placed.ClientId, TriggerOrderStatus.Waiting, price, placed.Quantity);
    }
}
