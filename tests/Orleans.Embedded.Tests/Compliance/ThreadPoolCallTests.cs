namespace Granary.Orleans.Embedded.Tests.Compliance;

public sealed class ThreadPoolCallTests : CallCompliance
{
    protected override SiloHarness Create() => new ThreadPoolHarness();
}
