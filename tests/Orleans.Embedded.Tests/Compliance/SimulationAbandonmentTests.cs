namespace Granary.Orleans.Embedded.Tests.Compliance;

public sealed class SimulationAbandonmentTests : AbandonmentCompliance
{
    protected override SiloHarness Create() => new SimulatedHarness();
}
