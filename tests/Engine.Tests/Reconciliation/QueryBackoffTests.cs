using FsCheck;
using FsCheck.Fluent;
using Granary.Engine.Reconciliation;

namespace Granary.Engine.Tests.Reconciliation;

public sealed class QueryBackoffTests
{
    [Fact]
    public void Pauses_grow_to_the_longest_and_stay_within_their_bounds() => Prop.ForAll(
        Arb.From(Gen.Choose(0, int.MaxValue)), Arb.From(Gen.Choose(0, 1_000_000)),
        (attempt, sequence) =>
        {
            var backoff = QueryBackoff.Default;
            var whole = (long)Math.Min(250 * Math.Pow(2, Math.Min(attempt, 30)), 8_000);
            backoff.PauseMs($"g/main/momentum/{sequence}", attempt).ShouldBeInRange((long)(whole * 0.75), whole);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(500)]
    [InlineData(int.MaxValue)]
    public void The_jitter_is_as_wide_at_the_longest_pause_as_anywhere(int attempt)
    {
        var backoff = QueryBackoff.Default;
        var whole = Math.Min(250L << Math.Min(attempt, 5), 8_000);
        var pauses = Enumerable.Range(0, 1_000).Select(i => backoff.PauseMs($"g/main/momentum/{i}", attempt)).ToArray();
        ((double)(pauses.Max() - pauses.Min()) / whole).ShouldBeGreaterThan(0.24);
        (pauses.Average() / whole).ShouldBeInRange(0.865, 0.885);
    }

    [Fact]
    public void The_same_order_and_attempt_wait_the_same_and_two_attempts_do_not()
    {
        var backoff = QueryBackoff.Default;
        backoff.PauseMs("a", 9).ShouldBe(backoff.PauseMs("a", 9));
        Enumerable.Range(6, 50).Select(attempt => backoff.PauseMs("a", attempt)).Distinct().Count().ShouldBeGreaterThan(40);
    }

    [Fact]
    public void Extremes_neither_overflow_nor_vanish()
    {
        new QueryBackoff(1, 1, 0.99).PauseMs("", int.MaxValue).ShouldBe(1);
        new QueryBackoff(long.MaxValue, long.MaxValue, 0).PauseMs("", 3).ShouldBe(long.MaxValue);
        new QueryBackoff(long.MaxValue / 2, long.MaxValue, 0).PauseMs("", 5).ShouldBe(long.MaxValue);
        Should.Throw<ArgumentOutOfRangeException>(() => QueryBackoff.Default.PauseMs("", -1));
        Should.Throw<ArgumentOutOfRangeException>(() => new QueryBackoff(0, 5, 0.1).PauseMs("", 0));
        Should.Throw<ArgumentOutOfRangeException>(() => new QueryBackoff(6, 5, 0.1).PauseMs("", 0));
        Should.Throw<ArgumentOutOfRangeException>(() => new QueryBackoff(1, 5, 1).PauseMs("", 0));
        Should.Throw<ArgumentOutOfRangeException>(() => new QueryBackoff(1, 5, double.NaN).PauseMs("", 0));
    }
}
