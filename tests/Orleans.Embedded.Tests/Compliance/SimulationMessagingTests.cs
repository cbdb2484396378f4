namespace Granary.Orleans.Embedded.Tests.Compliance;

public sealed class SimulationMessagingTests : MessagingCompliance
{
    protected override SiloHarness Create() => new SimulatedHarness();
}
