using Granary.Engine.Reconciliation;

namespace Granary.Engine.Tests.Reconciliation;

public sealed class FindingMemoryTests
{
    [Fact]
    public void A_finding_is_told_once_until_it_was_gone()
    {
        var memory = new FindingMemory();
        var (a, b) = (Finding("a"), Finding("b"));
        memory.Take([a, a]).ShouldBe([a]);
        memory.Take([b, a with { Seen = "in other words" }]).ShouldBe([b]);
        memory.Take([a]).ShouldBeEmpty();
        memory.Take([]).ShouldBeEmpty();
        memory.Take([a, b]).ShouldBe([a, b]);
        memory.Take([a with { Kind = FindingKind.OrderGone }]).Count.ShouldBe(1);
    }

    private static Finding Finding(string subject) => new(FindingKind.ForeignOrder, subject, "seen", "done", "result");
}
