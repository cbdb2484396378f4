namespace Granary.Engine.Feeds;

/// <summary>When a primary feed counts as stale or as diverging. Entering either state takes more than leaving it, so that neither flickers.</summary>
public sealed record FeedComparisonOptions
{
    /// <summary>Number of backups, 1 to 8. Default 1.</summary>
    public int Backups { get; init; } = 1;

    /// <summary>A feed without a price for longer than this is silent, milliseconds, 1 or more. Default 3,000.</summary>
    public int StaleAfterMs { get; init; } = 3_000;

    /// <summary>
    /// A primary that was stale must have spoken without a silence for this long to be trusted again, milliseconds, 0 or more. Default 5,000.
    /// </summary>
    public int RecoverAfterMs { get; init; } = 5_000;

    /// <summary>Distance between two comparisons, milliseconds, 1 or more. Default 250.</summary>
    public int SampleMs { get; init; } = 250;

    /// <summary>Comparisons that a judgement about prices rests on, 1 to 10,000. Default 40: ten seconds.</summary>
    public int WindowSamples { get; init; } = 40;

    /// <summary>
    /// The primary diverges when the mean deviation over the window is this or more, basis points, 0.01 to 10,000. Default 30: venues differ by a few for good.
    /// </summary>
    public double DivergeBps { get; init; } = 30;

    /// <summary>It agrees again when the mean deviation over the window is this or less, basis points, 0 to <see cref="DivergeBps"/>. Default 15.</summary>
    public double AgreeBps { get; init; } = 15;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it, its value and the range.</exception>
    public void Validate()
    {
        Require(nameof(Backups), Backups, 1, 8);
        Require(nameof(StaleAfterMs), StaleAfterMs, 1, int.MaxValue);
        Require(nameof(RecoverAfterMs), RecoverAfterMs, 0, int.MaxValue);
        Require(nameof(SampleMs), SampleMs, 1, int.MaxValue);
        Require(nameof(WindowSamples), WindowSamples, 1, 10_000);
        Require(nameof(DivergeBps), DivergeBps, 0.01, 10_000);
        Require(nameof(AgreeBps), AgreeBps, 0, DivergeBps);
    }

    private static void Require(string name, double value, double min, double max)
    {
        // Written so that a NaN fails.
        if (!(value >= min && value <= max)) throw new ArgumentException($"{name} is {value}; it must be {min} to {max}");
    }
}
