using Granary.Engine.Risk;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Tests.Support;

namespace Granary.Grains.Tests.Execution;

/// <summary>The pace of orders that leave at once: entries wait, what only reduces never does.</summary>
public sealed class PaceTests
{
    [Fact]
    public void Entries_that_take_wait_their_turn_and_leave_in_order()
    {
        using var bench = Start(ordersPerSecond: 2);
        for (var i = 1; i <= 5; i++) Submit(bench, i);
        bench.Pass(0.1);
        Placed(bench).ShouldBe([1, 2]);
        bench.Orders().Select(o => o.Status).ShouldBe(["New", "New", "PendingNew", "PendingNew", "PendingNew"], "all are durable before anything is sent");
        bench.Pass(1);
        Placed(bench).ShouldBe([1, 2, 3, 4]);
        bench.Pass(1);
        Placed(bench).ShouldBe([1, 2, 3, 4, 5]);
        bench.Orders().ShouldAllBe(o => o.Status == "New");
    }

    [Fact]
    public void An_entry_that_has_waited_too_long_is_given_up()
    {
        using var bench = Start(ordersPerSecond: 1);
        for (var i = 1; i <= 15; i++) Submit(bench, i);
        bench.Pass(30);
        Placed(bench).Count.ShouldBeInRange(10, 11);
        bench.Orders()[^1].ShouldSatisfyAllConditions(o => o.Status.ShouldBe("Rejected"), o => o.Detail.ShouldContain("pace"));
        bench.Venue.Count($"query {bench.Orders()[^1].ClientOrderId}").ShouldBe(0, "what never left is not asked for");
    }

    [Fact]
    public void Exits_and_stops_leave_at_once_and_the_entries_behind_them_are_given_up()
    {
        using var bench = Start(ordersPerSecond: 1);
        bench.Ask(() => bench.Risk.Propose(Samples.Entry("e1", quantity: 2)));
        bench.Pass(0.1);
        Submit(bench, 7);
        bench.Deliver(bench.Venue.Execute("t/main/momentum/1", 2));
        bench.Pass(0.1);
        bench.Venue.Waiting.Count.ShouldBe(1, "the stop does not wait");
        Placed(bench).ShouldBe([1]);
        bench.Ask(() => bench.Risk.ProposeExit(Samples.Exit("x1"))).Approved.ShouldBeTrue();
        bench.Pass(0.1);
        Placed(bench).ShouldBe([1, 2]);
        bench.Venue.Find("t/main/momentum/2")!.ReduceOnly.ShouldBeTrue();
        bench.Pass(1);
        Placed(bench).ShouldBe([1, 2]);
        bench.Order("t/main/momentum/7")!.ShouldSatisfyAllConditions(o => o.Status.ShouldBe("Rejected"), o => o.Detail.ShouldBe("an exit was asked for"));
    }

    [Fact]
    public void What_waits_is_given_up_when_all_orders_are_cancelled()
    {
        using var bench = Start(ordersPerSecond: 1);
        for (var i = 1; i <= 3; i++) Submit(bench, i);
        bench.Tell(() => bench.Execution.CancelAll("test"));
        bench.Pass(5);
        Placed(bench).ShouldBe([1]);
        bench.Venue.Count("cancel").ShouldBe(1, "only what had left is cancelled at the venue");
        bench.Orders().Select(o => o.Status).ShouldBe(["Canceled", "Rejected", "Rejected"]);
    }

    private static GrainBench Start(int ordersPerSecond) => new GrainBench
    {
        Settings = Samples.Settings with { Placement = new PlacementSettings { OrdersPerSecondMax = ordersPerSecond } },
    }.StartActive();

    private static void Submit(GrainBench bench, int sequence) =>
        bench.Ask(() => bench.Execution.Submit(new ApprovedOrderMessage(Samples.Approved(sequence), 0) { LastPrice = 100 }));

    /// <summary>Sequence numbers of the orders sent.</summary>
    private static List<long> Placed(GrainBench bench) =>
        [.. bench.Venue.Requests.Select(r => ClientOrderId.TryParse(r.Replace("place ", "", StringComparison.Ordinal), out var id) ? id.Sequence : 0).Where(n => n > 0)];
}
