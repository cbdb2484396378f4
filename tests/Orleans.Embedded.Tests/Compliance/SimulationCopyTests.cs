namespace Granary.Orleans.Embedded.Tests.Compliance;

public sealed class SimulationCopyTests : CopyCompliance
{
    protected override SiloHarness Create() => new SimulatedHarness();
}
