namespace Granary.Orleans.Embedded.Tests.Compliance;

public sealed class SimulationCallTests : CallCompliance
{
    protected override SiloHarness Create() => new SimulatedHarness();
}

public sealed class SimulationConcurrencyTests : ConcurrencyCompliance
{
    protected override SiloHarness Create() => new SimulatedHarness();
}

public sealed class SimulationCopyTests : CopyCompliance
{
    protected override SiloHarness Create() => new SimulatedHarness();
}

public sealed class SimulationLifecycleTests : LifecycleCompliance
{
    protected override SiloHarness Create() => new SimulatedHarness();
}

public sealed class SimulationTimerTests : TimerCompliance
{
    protected override SiloHarness Create() => new SimulatedHarness();
}

public sealed class SimulationMessagingTests : MessagingCompliance
{
    protected override SiloHarness Create() => new SimulatedHarness();
}
