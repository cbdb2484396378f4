namespace Granary.Orleans.Embedded.Tests.Compliance;

public sealed class ThreadPoolConcurrencyTests : ConcurrencyCompliance
{
    protected override SiloHarness Create() => new ThreadPoolHarness();
}
