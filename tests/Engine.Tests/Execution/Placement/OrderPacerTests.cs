using Granary.Engine.Execution.Placement;

namespace Granary.Engine.Tests.Execution.Placement;

public sealed class OrderPacerTests
{
    [Fact]
    public void So_many_go_in_any_second()
    {
        var pacer = new OrderPacer(2);
        pacer.NextMs(1_000).ShouldBe(1_000);
        pacer.Add(1_000);
        pacer.Add(1_400);
        pacer.NextMs(1_500).ShouldBe(2_000);
        pacer.NextMs(2_000).ShouldBe(2_000);
        pacer.Add(2_000);
        pacer.NextMs(2_100).ShouldBe(2_400);
    }

    [Fact]
    public void What_went_beyond_the_number_is_waited_for()
    {
        var pacer = new OrderPacer(1);
        pacer.Add(1_000);
        pacer.Add(1_100);
        pacer.Add(1_200);
        pacer.NextMs(1_300).ShouldBe(2_200);
    }

    [Fact]
    public void A_clock_that_went_back_blocks_nothing()
    {
        var pacer = new OrderPacer(1);
        pacer.Add(5_000);
        pacer.NextMs(1_000).ShouldBe(1_000);
    }
}
