namespace Granary.Orleans.Embedded.Tests.Compliance;

public sealed class ThreadPoolMessagingTests : MessagingCompliance
{
    protected override SiloHarness Create() => new ThreadPoolHarness();
}
