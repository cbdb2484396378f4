namespace Granary.Orleans.Embedded.Tests.Compliance;

public sealed class ThreadPoolCopyTests : CopyCompliance
{
    protected override SiloHarness Create() => new ThreadPoolHarness();
}
