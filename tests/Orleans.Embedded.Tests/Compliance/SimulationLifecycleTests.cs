namespace Granary.Orleans.Embedded.Tests.Compliance;

public sealed class SimulationLifecycleTests : LifecycleCompliance
{
    protected override SiloHarness Create() => new SimulatedHarness();
}
