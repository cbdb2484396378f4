namespace Granary.Engine.Bars;

/// <summary>Which bars are built beside the volume bars of a symbol.</summary>
public sealed record BarTrackOptions
{
    /// <summary>The most bars that may be kept of each track: 10,000.</summary>
    public const int BarsKeptMax = 10_000;

    /// <summary>Aggregate trades in a tick bar; 1 to <see cref="TickBarBuilder.TradesPerBarMax"/>, default 250; null for no tick bars.</summary>
    public int? TradesPerTickBar { get; init; } = 250;

    /// <summary>
    /// Spans of the time bars, milliseconds, rising; up to <see cref="TimeBarBuilder.StepCountMax"/> of <see cref="TimeBarBuilder.StepMsMin"/> to
    /// <see cref="TimeBarBuilder.StepMsMax"/>, default 1 s, 5 s, 1 min; empty for no time bars.
    /// </summary>
    public IReadOnlyList<long> TimeBarStepsMs { get; init; } = [1_000, 5_000, 60_000];

    /// <summary>
    /// How long after a time bar's end the clock waits for its last trades, milliseconds; 0 to <see cref="TimeBarBuilder.GraceMsMax"/>, default 1,000.
    /// </summary>
    public long TimeBarGraceMs { get; init; } = 1_000;

    /// <summary>Closed bars kept of each track; 1 to <see cref="BarsKeptMax"/>, default 300.</summary>
    public int BarsKept { get; init; } = 300;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names the option, its value and the range.</exception>
    public void Validate()
    {
        if (TradesPerTickBar is < 1 or > TickBarBuilder.TradesPerBarMax)
            throw Wrong(nameof(TradesPerTickBar), TradesPerTickBar, $"1 to {TickBarBuilder.TradesPerBarMax}, or none");
        if (TimeBarStepsMs is null) throw Wrong(nameof(TimeBarStepsMs), null, "a list of steps, which may be empty");
        try
        {
            if (TimeBarStepsMs.Count > 0) TimeBarBuilder.Check([.. TimeBarStepsMs], TimeBarGraceMs);
        }
        catch (ArgumentException e)
        {
            var steps = string.Join(", ", TimeBarStepsMs);
            var given = FormattableString.Invariant($"{nameof(TimeBarStepsMs)} {steps}, {nameof(TimeBarGraceMs)} {TimeBarGraceMs}");
            throw new ArgumentException($"{given}: {e.Message}", e);
        }
        if (BarsKept is < 1 or > BarsKeptMax) throw Wrong(nameof(BarsKept), BarsKept, $"1 to {BarsKeptMax}");
    }

    private static ArgumentException Wrong(string name, object? value, string range) =>
        new(FormattableString.Invariant($"{name} was {value ?? "none"}, expected {range}"), name);
}
