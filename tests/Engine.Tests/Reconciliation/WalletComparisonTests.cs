using Granary.Engine.Reconciliation;

namespace Granary.Engine.Tests.Reconciliation;

public sealed class WalletComparisonTests
{
    [Fact]
    public void A_difference_is_a_flow_when_it_is_seen_twice_without_a_fill_in_between()
    {
        var (flow, doubt) = WalletComparison.Compare(100, 90, 7, null);
        (flow, doubt).ShouldBe((null, new WalletDoubt(-10, 7)));
        WalletComparison.Compare(100, 90, 8, doubt).ShouldBe((null, new WalletDoubt(-10, 8)));
        WalletComparison.Compare(100, 91, 7, doubt).ShouldBe((null, new WalletDoubt(-9, 7)));
        WalletComparison.Compare(100, 90, 7, doubt).ShouldBe((-10m, null));
        WalletComparison.Compare(100, 100, 7, doubt).ShouldBe((null, null));
    }
}
