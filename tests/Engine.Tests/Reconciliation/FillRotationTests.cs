using Granary.Engine.Reconciliation;

namespace Granary.Engine.Tests.Reconciliation;

public sealed class FillRotationTests
{
    private const long NowMs = 1_700_000_000_000;

    [Fact]
    public void One_that_may_have_traded_is_always_due_and_an_idle_one_once_an_hour()
    {
        Pick(9, new("A", NowMs - 1, true), new("B", NowMs - 1, false), new("C", NowMs - FillRotation.IdleMs, false), new("D", 0, false))
            .ShouldBe(["A", "C", "D"], ignoreOrder: true);
    }

    [Fact]
    public void The_longest_waiting_come_first_and_equal_ones_by_name()
    {
        Pick(2, new("C", NowMs - 30_000, true), new("B", NowMs - 60_000, true), new("A", NowMs - 30_000, true)).ShouldBe(["B", "A"], ignoreOrder: true);
        Pick(0, new AuditCandidate("A", 0, true)).ShouldBeEmpty();
        Pick(5).ShouldBeEmpty();
    }

    [Fact]
    public void Nobody_waits_for_ever_however_many_are_at_stake()
    {
        const int Looks = 2_000;
        var audited = Enumerable.Range(0, 50).ToDictionary(i => $"S{i:00}", _ => NowMs);
        var counts = audited.Keys.ToDictionary(symbol => symbol, _ => 0);
        for (var look = 1; look <= Looks; look++)
        {
            // Forty of them trade all the time, and only four are asked for at each look.
            var nowMs = NowMs + (look * 30_000L);
            var picked = FillRotation.Pick([.. audited.Select(a => new AuditCandidate(a.Key, a.Value, string.CompareOrdinal(a.Key, "S40") < 0))], nowMs, 4);
            foreach (var symbol in picked) (audited[symbol], counts[symbol]) = (nowMs, counts[symbol] + 1);
        }

        counts.Where(c => string.CompareOrdinal(c.Key, "S40") < 0).ShouldAllBe(c => c.Value >= Looks * 4 / 50);
        counts.Where(c => string.CompareOrdinal(c.Key, "S40") >= 0).ShouldAllBe(c => c.Value >= 1);
    }

    private static IReadOnlySet<string> Pick(int countMax, params AuditCandidate[] candidates) => FillRotation.Pick(candidates, NowMs, countMax);
}
