namespace Granary.Orleans.Embedded.Tests.Compliance;

public sealed class SimulationTimerTests : TimerCompliance
{
    protected override SiloHarness Create() => new SimulatedHarness();
}
