using Granary.Grains.Interfaces.Symbols;
using Granary.Grains.Symbols;

namespace Granary.Grains.Tests.Symbols;

/// <summary>The other market's flow is joined by time: the last bar that had closed, never a later one.</summary>
public sealed class RelatedFlowTests
{
    [Fact]
    public void The_bar_that_had_closed_by_then_is_the_one()
    {
        var flow = new RelatedFlow();
        flow.AsOf(1_000).ShouldBeNull();
        flow.Add(Bar(1_000, 0.1));
        flow.Add(Bar(2_000, 0.2));
        flow.AsOf(999).ShouldBeNull("it had not closed yet");
        flow.AsOf(1_000).ShouldBe(0.1);
        flow.AsOf(1_999).ShouldBe(0.1);
        flow.AsOf(2_000).ShouldBe(0.2);
        flow.AsOf(602_000).ShouldBe(0.2);
        flow.AsOf(602_001).ShouldBeNull("it is too old to say anything");
    }

    [Fact]
    public void A_bar_that_comes_late_is_ignored_and_of_one_time_the_newest_holds()
    {
        var flow = new RelatedFlow();
        flow.Add(Bar(2_000, 0.2));
        flow.Add(Bar(1_000, 0.1));
        flow.AsOf(1_500).ShouldBeNull();
        flow.Add(Bar(2_000, 0.3));
        flow.AsOf(2_000).ShouldBe(0.3);
    }

    [Fact]
    public void It_is_what_a_search_among_the_newest_bars_finds()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var (flow, time) = (new RelatedFlow(), 0L);
            var bars = Enumerable.Range(0, random.Next(200)).Select(i => Bar(time += random.Next(40_000), i)).ToList();
            bars.ForEach(flow.Add);
            var timeMs = random.NextInt64(time + 1_000_000);
            var wanted = bars.TakeLast(64).LastOrDefault(b => b.CloseTimeMs <= timeMs);
            flow.AsOf(timeMs).ShouldBe(wanted is null || timeMs - wanted.CloseTimeMs > 600_000 ? null : wanted.Ofi);
        }
    }

    private static RelatedBar Bar(long closeMs, double ofi) => new("ETHUSDT", closeMs, ofi);
}
