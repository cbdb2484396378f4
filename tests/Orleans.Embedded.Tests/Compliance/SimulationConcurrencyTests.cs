namespace Granary.Orleans.Embedded.Tests.Compliance;

public sealed class SimulationConcurrencyTests : ConcurrencyCompliance
{
    protected override SiloHarness Create() => new SimulatedHarness();
}
