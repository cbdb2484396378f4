namespace Granary.Grains.Configuration;

/// <summary>The venue's own switch, which cancels resting orders when the engine falls silent.</summary>
public sealed record DeadMansSwitchSettings
{
    /// <summary>Silence after which the venue cancels, milliseconds; 0 switches it off, else 10,000 to 600,000; default 120,000.</summary>
    public int TimeoutMs { get; init; } = 120_000;

    /// <summary>Time between two refreshes, milliseconds; 1,000 up to below the timeout, default 30,000.</summary>
    public int RefreshMs { get; init; } = 30_000;
}
