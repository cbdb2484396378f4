namespace Granary.Orleans.Embedded.Tests.Compliance;

public sealed class ThreadPoolCallTests : CallCompliance
{
    protected override SiloHarness Create() => new ThreadPoolHarness();
}

public sealed class ThreadPoolConcurrencyTests : ConcurrencyCompliance
{
    protected override SiloHarness Create() => new ThreadPoolHarness();
}

public sealed class ThreadPoolCopyTests : CopyCompliance
{
    protected override SiloHarness Create() => new ThreadPoolHarness();
}

public sealed class ThreadPoolLifecycleTests : LifecycleCompliance
{
    protected override SiloHarness Create() => new ThreadPoolHarness();
}

public sealed class ThreadPoolTimerTests : TimerCompliance
{
    protected override SiloHarness Create() => new ThreadPoolHarness();
}

public sealed class ThreadPoolMessagingTests : MessagingCompliance
{
    protected override SiloHarness Create() => new ThreadPoolHarness();
}
