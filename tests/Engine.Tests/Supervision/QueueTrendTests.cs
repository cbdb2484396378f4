using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Supervision;

namespace Granary.Engine.Tests.Supervision;

public sealed class QueueTrendTests
{
    [Fact]
    public void A_queue_is_told_at_its_share_and_when_it_is_short_again()
    {
        var trend = new QueueTrend(1_000, new QueueOptions());
        Looks(trend, 0, 100, 499, 500, 700, 300, 250, 250).ShouldBe(
            [
                QueueVerdict.None, QueueVerdict.None, QueueVerdict.None, QueueVerdict.Growing, QueueVerdict.None, QueueVerdict.None, QueueVerdict.Over,
                QueueVerdict.None,
            ]);
    }

    [Fact]
    public void A_queue_that_grows_towards_its_bound_is_told_before_its_share()
    {
        var trend = new QueueTrend(10_000, new QueueOptions());
        var verdicts = Looks(trend, [.. Enumerable.Range(0, 20).Select(i => 200L * i)]);
        verdicts.IndexOf(QueueVerdict.Growing).ShouldBe(10);
        trend.PerSecond.ShouldBe(200);
    }

    [Fact]
    public void A_long_queue_that_does_not_grow_and_a_short_one_that_does_are_left_alone()
    {
        Looks(new QueueTrend(10_000, new QueueOptions()), [.. Enumerable.Repeat(4_900L, 60)]).ShouldAllBe(v => v == QueueVerdict.None);
        Looks(new QueueTrend(10_000, new QueueOptions()), [.. Enumerable.Range(0, 60).Select(i => 10L * i)]).ShouldAllBe(v => v == QueueVerdict.None);
    }

    [Fact]
    public void Growing_and_over_take_turns() => Prop.ForAll(Arb.From(Gen.ArrayOf(Gen.Choose(0, 10_000))), lengths =>
    {
        var told = Looks(new QueueTrend(10_000, new QueueOptions()), [.. lengths.Select(l => (long)l)]).Where(v => v != QueueVerdict.None).ToArray();
        told.Select((v, i) => v == (i % 2 == 0 ? QueueVerdict.Growing : QueueVerdict.Over)).ShouldAllBe(isTurn => isTurn);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new QueueTrend(0, new QueueOptions()));
        Should.Throw<ArgumentOutOfRangeException>(() => new QueueTrend(1, new QueueOptions { AlertShare = double.NaN })).Message.ShouldContain("AlertShare");
        Should.Throw<ArgumentOutOfRangeException>(() => new QueueTrend(1, new QueueOptions { WindowMs = 0 }));
    }

    private static List<QueueVerdict> Looks(QueueTrend trend, params long[] lengths) => [.. lengths.Select((length, i) => trend.Look(i * 1_000, length))];
}
