using FsCheck;
using FsCheck.Fluent;
using Granary.Venues.Binance;

namespace Granary.Venues.Tests.Binance;

public sealed class BackoffTests
{
    [Fact]
    public void Waits_double_with_jitter_that_never_collapses()
    {
        var (min, max) = (TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10));
        Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            seed =>
            {
                var backoff = new Backoff(min, max, seed);
                for (var i = 0; i < 60; i++)
                {
                    var step = TimeSpan.FromTicks((long)Math.Min(min.Ticks * Math.Pow(2, i), max.Ticks));
                    var wait = backoff.Next();
                    wait.ShouldBeGreaterThanOrEqualTo(step / 2);
                    wait.ShouldBeLessThanOrEqualTo(step);
                }
                backoff.Reset();
                backoff.Next().ShouldBeLessThanOrEqualTo(min);
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_longest_waits_still_differ_and_the_seed_decides()
    {
        var (first, second) = (Waits(1), Waits(2));
        first.Skip(10).Distinct().Count().ShouldBe(20);
        first.ShouldBe(Waits(1));
        first.ShouldNotBe(second);

        static List<TimeSpan> Waits(int seed)
        {
            var backoff = new Backoff(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), seed);
            return [.. Enumerable.Range(0, 30).Select(_ => backoff.Next())];
        }
    }
}
