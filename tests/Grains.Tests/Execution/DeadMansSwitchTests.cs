using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Tests.Support;

namespace Granary.Grains.Tests.Execution;

public sealed class DeadMansSwitchTests
{
    [Fact]
    public void It_is_armed_while_an_order_rests_refreshed_and_disarmed_after_the_last()
    {
        using var bench = new GrainBench().StartActive();
        bench.Pass(60);
        bench.Venue.Count("countdown").ShouldBe(0);
        Rest(bench);
        bench.Pass(0.1);
        bench.Venue.CountdownMs.ShouldBe(120_000);
        bench.Venue.Count("countdown").ShouldBe(1);
        bench.Pass(95);
        bench.Venue.Count("countdown").ShouldBe(4);

        bench.Tell(() => bench.Execution.CancelAll("test"));
        bench.Pass(2);
        bench.Venue.CountdownMs.ShouldBe(0);
        var before = bench.Venue.Count("countdown");
        bench.Pass(120);
        bench.Venue.Count("countdown").ShouldBe(before);
    }

    [Fact]
    public void A_dead_engine_leaves_it_armed_and_the_next_one_refreshes_it()
    {
        using var bench = new GrainBench().StartActive();
        Rest(bench);
        bench.Pass(1);
        bench.Crash();
        bench.Pass(60);
        bench.Venue.Count("countdown").ShouldBe(1);
        bench.Venue.CountdownMs.ShouldBe(120_000);
        bench.StartActive();
        bench.Venue.Count("countdown").ShouldBe(2);
    }

    [Fact]
    public void Market_orders_and_positions_need_none_and_it_can_be_switched_off()
    {
        using var bench = new GrainBench { Settings = Samples.Settings with { DeadMansSwitch = new DeadMansSwitchSettings { TimeoutMs = 0 } } }.StartActive();
        Rest(bench);
        bench.Pass(60);
        bench.Venue.Count("countdown").ShouldBe(0);

        using var other = new GrainBench().StartActive();
        other.Ask(() => other.Execution.Submit(new ApprovedOrderMessage(Samples.Approved(1), 0)));
        other.Pass(5);
        other.Deliver(other.Venue.Execute("t/main/momentum/1", 1));
        other.Pass(60);
        other.Venue.Waiting.Count.ShouldBe(1);
        other.Venue.Count("countdown").ShouldBe(0);
    }

    private static void Rest(GrainBench bench)
    {
        bench.Ask(() => bench.Execution.Submit(new ApprovedOrderMessage(Samples.Approved(1, limit: 99), 0)));
        bench.Pass(0.2);
    }
}
