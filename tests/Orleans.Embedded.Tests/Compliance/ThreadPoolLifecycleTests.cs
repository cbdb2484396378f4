namespace Granary.Orleans.Embedded.Tests.Compliance;

public sealed class ThreadPoolLifecycleTests : LifecycleCompliance
{
    protected override SiloHarness Create() => new ThreadPoolHarness();
}
