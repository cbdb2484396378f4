namespace Granary.Orleans.Embedded.Tests.Compliance;

public sealed class SimulationCallTests : CallCompliance
{
    protected override SiloHarness Create() => new SimulatedHarness();
}
