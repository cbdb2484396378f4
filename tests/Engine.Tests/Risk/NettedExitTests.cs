using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Engine.Tests.Risk;

/// <summary>Exits that are asked for at once: one order, which only reduces, and never more than is held.</summary>
public sealed class NettedExitTests
{
    private readonly GateScene _scene = new();

    [Fact]
    public void Two_partial_exits_that_both_fit_are_one_order()
    {
        _scene.Open(4);
        var net = _scene.Gate.Net([_scene.Exit(1.5m) with { IsPatient = true }, _scene.Exit(2) with { Strategy = "reversion" }]);
        net.IsJoined.ShouldBe([true, true]);
        net.Proposal!.ShouldSatisfyAllConditions(p => p.Quantity.ShouldBe(3.5m), p => p.Strategy.ShouldBe("momentum"), p => p.IsPatient.ShouldBeFalse("one is urgent"));
        var order = _scene.Approve(net.Proposal!);
        (order.Request.ReduceOnly, order.Request.Quantity, order.Request.Side).ShouldBe((true, 3.5m, OrderSide.Sell));
        _scene.Fill(order);
        _scene.Gate.View().Symbols.Single().Quantity.ShouldBe(0.5m);
    }

    [Fact]
    public void One_for_the_whole_position_takes_the_others_in()
    {
        _scene.Open(4);
        var net = _scene.Gate.Net([_scene.Exit(3), _scene.Exit(3), _scene.Exit(), _scene.Exit(4)]);
        net.IsJoined.ShouldBe([true, false, true, true], "the second did not fit behind the first, and the last is part of the whole");
        net.Proposal!.Quantity.ShouldBeNull();
        _scene.Approve(net.Proposal).Request.Quantity.ShouldBe(4);
    }

    [Fact]
    public void What_does_not_fit_or_belong_is_left_to_be_decided_alone()
    {
        _scene.Gate.Net([]).Proposal.ShouldBeNull();
        _scene.Gate.Net([_scene.Exit(1), _scene.Exit(1)]).Proposal.ShouldBeNull("nothing is held");
        _scene.Open(4);
        _scene.Gate.Net([_scene.Exit(1)]).Proposal.ShouldBeNull("there is nothing to join it with");
        _scene.Gate.Net([_scene.Exit(3), _scene.Exit(2)]).Proposal.ShouldBeNull("together they are more than is held");
        _scene.Gate.Net([_scene.Exit(1), _scene.Exit(1, OrderSide.Buy), _scene.Exit(5), _scene.Entry(1), Limit(_scene.Exit(1)), _scene.Exit(1)])
            .IsJoined.ShouldBe([true, false, false, false, false, true]);
        _scene.Approve(_scene.Exit(3));
        _scene.Gate.Net([_scene.Exit(1), _scene.Exit(0.5m)]).IsJoined.ShouldBe([false, false], "three of four leave already");
        _scene.Gate.Net([_scene.Exit(0.5m), _scene.Exit(0.5m)]).Proposal!.Quantity.ShouldBe(1);
    }

    [Fact]
    public void Whatever_is_asked_exits_together_never_exceed_the_position() => Prop.ForAll(
        Gen.Choose(0, 9).Zip(Gen.Choose(0, 45)).NonEmptyListOf().NonEmptyListOf().Select(rounds => rounds.Select(r => r.ToArray()).ToArray()).ToArbitrary(),
        rounds =>
        {
            var scene = new GateScene(new RiskLimits { OrdersPerMinuteMax = 10_000, EntryOrdersPerMinuteMax = 10_000, OrdersPer10sMax = 10_000, EntryOrdersPer10sMax = 10_000 });
            var side = rounds.Length % 2 == 0 ? OrderSide.Sell : OrderSide.Buy;
            scene.Open(4, side == OrderSide.Buy ? OrderSide.Sell : OrderSide.Buy);
            var working = new List<Order>();
            foreach (var round in rounds)
            {
                Proposal[] asks = [.. round.Select(ask => Ask(scene, ask.Item1, ask.Item2 / 10m, side))];
                var net = scene.Gate.Net(asks);
                var orders = new List<Order>();
                if (net.Proposal is { } one) orders.Add(scene.Approve(one));
                for (var i = 0; i < asks.Length; i++)
                {
                    if (net.Proposal is not null && net.IsJoined[i]) continue;
                    if (asks[i].Kind == ProposalKind.Exit && scene.Decide(asks[i]).Approved is { } alone) orders.Add(alone.Value);
                }

                working.AddRange(orders);
                var held = Math.Abs(scene.Gate.View().Symbols.Single().Quantity);
                foreach (var order in orders) (order.Request.ReduceOnly, order.Request.Side).ShouldBe((true, side));
                working.Sum(o => o.Request.Quantity).ShouldBeLessThanOrEqualTo(held);
                orders.Count(o => o.Request.Type == OrderType.Market).ShouldBeLessThanOrEqualTo(1, "market exits of one moment are one");
                if (round.Length % 3 != 0 || working.Count == 0) continue;
                scene.Fill(working[0]);
                working.RemoveAt(0);
            }
        }).QuickCheckThrowOnFailure();

    private static Proposal Ask(GateScene scene, int kind, decimal quantity, OrderSide side) => kind switch
    {
        0 => scene.Exit(null, side),
        1 => Limit(scene.Exit(quantity, side)),
        2 => scene.Exit(quantity, side == OrderSide.Buy ? OrderSide.Sell : OrderSide.Buy),
        _ => scene.Exit(quantity, side),
    };

    private static Proposal Limit(Proposal exit) => exit with { OrderType = OrderType.Limit, LimitPrice = 100, TimeInForce = TimeInForce.Gtc };
}
