namespace Granary.Backtest.Validation;

/// <summary>How a stress changes a recorded market: a factor on prices, and a time without trades.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="AtMs">When, milliseconds since the Unix epoch, UTC.</param>
public sealed record StressPath(StressKind Kind, long AtMs)
{
    private const long MinuteMs = 60_000;

    /// <summary>What a price is multiplied with.</summary>
    /// <param name="timeMs">When.</param>
    /// <param name="side">1 when the taker bought, -1 when it sold, 0 when neither is meant.</param>
    public double Factor(long timeMs, int side)
    {
        var after = timeMs - AtMs;
        if (after < 0) return 1;
        return Kind switch
        {
            StressKind.FlashCrash when after < MinuteMs => 1 - (0.1 * after / MinuteMs),
            StressKind.FlashCrash when after < 6 * MinuteMs => 0.9 + (0.1 * (after - MinuteMs) / (5 * MinuteMs)),
            StressKind.Gap => 0.95,
            StressKind.SpreadBlowOut when after < 10 * MinuteMs => 1 + (side * 0.0025),
            StressKind.Outage => 0.97,
            _ => 1,
        };
    }

    /// <summary>Whether a trade at a time never happened.</summary>
    public bool Drops(long timeMs) => Kind == StressKind.Outage && timeMs >= AtMs && timeMs < AtMs + (10 * MinuteMs);
}
