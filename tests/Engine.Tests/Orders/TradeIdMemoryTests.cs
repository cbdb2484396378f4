using Granary.Engine.Orders;

namespace Granary.Engine.Tests.Orders;

public sealed class TradeIdMemoryTests
{
    [Fact]
    public void An_id_counts_once_in_any_order_and_what_falls_out_stays_known()
    {
        var memory = new TradeIdMemory(capacity: 3);
        memory.TryAdd(30).ShouldBeTrue();
        memory.TryAdd(10).ShouldBeTrue();
        memory.TryAdd(10).ShouldBeFalse();
        memory.TryAdd(20).ShouldBeTrue();
        memory.TryAdd(40).ShouldBeTrue();
        (memory.Floor, memory.Last).ShouldBe((10, 40));
        memory.TryAdd(10).ShouldBeFalse();
        memory.TryAdd(5).ShouldBeFalse("below everything remembered");
        memory.TryAdd(25).ShouldBeTrue();
    }

    [Fact]
    public void A_raised_floor_makes_everything_up_to_it_known()
    {
        var memory = new TradeIdMemory();
        memory.TryAdd(7);
        memory.RaiseFloor(100);
        memory.Knows(100).ShouldBeTrue();
        memory.Knows(101).ShouldBeFalse();
        memory.Last.ShouldBe(100);
        memory.RaiseFloor(50);
        memory.Floor.ShouldBe(100);
    }
}
