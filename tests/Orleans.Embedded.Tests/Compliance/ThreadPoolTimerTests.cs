namespace Granary.Orleans.Embedded.Tests.Compliance;

public sealed class ThreadPoolTimerTests : TimerCompliance
{
    protected override SiloHarness Create() => new ThreadPoolHarness();
}
