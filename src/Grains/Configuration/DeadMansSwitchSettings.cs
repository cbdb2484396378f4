namespace Granary.Grains.Configuration;

/// <summary>The venue's own switch, which cancels resting orders when the engine falls silent.</summary>
public sealed record DeadMansSwitchSettings
{
    /// <summary>Silence after which the venue cancels, milliseconds; 0 for no switch or 10,000 to 600,000, default 120,000.</summary>
    public int TimeoutMs { get; init; } = 120_000;

    /// <summary>Time between two refreshes, milliseconds; 1,000 to 300,000 and at most half of TimeoutMs, default 30,000.</summary>
    public int RefreshMs { get; init; } = 30_000;

    /// <summary>Checks every value against its range. A switch that is off has no refresh to hold against it.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        if (TimeoutMs != 0 && TimeoutMs is < 10_000 or > 600_000)
            throw new ArgumentException(FormattableString.Invariant($"{nameof(TimeoutMs)} was {TimeoutMs}, expected 0 for no switch, or 10000 to 600000"), nameof(TimeoutMs));

        // One refresh that is lost must not be enough to set it off.
        var max = TimeoutMs == 0 ? 300_000 : TimeoutMs / 2;
        if (RefreshMs < 1_000 || RefreshMs > max)
            throw new ArgumentException(FormattableString.Invariant($"{nameof(RefreshMs)} was {RefreshMs}, expected 1000 to {max}"), nameof(RefreshMs));
    }
}
