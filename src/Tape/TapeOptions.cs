namespace Granary.Tape;

/// <summary>How a tape is read.</summary>
public sealed record TapeOptions
{
    /// <summary>What to do with a row whose data are wrong.</summary>
    public TapeChecks Checks { get; init; } = TapeChecks.Strict;

    /// <summary>
    /// How many times a price may be above, or below, the one before; above 1, or 0 for no check. Default 10: more is a swapped column or a lost digit,
    /// save for the first minutes of some listings.
    /// </summary>
    public double PriceJumpMax { get; init; } = 10;

    /// <summary>
    /// Whether rows are held against the ones before: ids and times must go on, prices must not jump. False gives such rows out as they stand, for whoever
    /// judges them.
    /// </summary>
    public bool ComparesRows { get; init; } = true;

    /// <summary>The layout, when the file does not tell it; null to find it from the header or the shape of the rows.</summary>
    public TapeLayout? Layout { get; init; }

    /// <summary>The archive's member to read; null for its only csv file.</summary>
    public string? Member { get; init; }

    /// <summary>Wrong rows that the report quotes; 0 to 10,000. All are counted.</summary>
    public int QuotedMax { get; init; } = 20;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public void Validate()
    {
        if (!Enum.IsDefined(Checks)) throw new ArgumentException($"Checks is {Checks}: use Strict or Lenient", nameof(Checks));
        if (Layout is { } layout && !Enum.IsDefined(layout)) throw new ArgumentException($"Layout is {layout}: use one of the known layouts", nameof(Layout));
        if (PriceJumpMax != 0 && !(PriceJumpMax > 1 && double.IsFinite(PriceJumpMax)))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"PriceJumpMax is {PriceJumpMax}: use a number above 1, or 0 for no check"), nameof(PriceJumpMax));
        }
        if (QuotedMax is < 0 or > 10_000) throw new ArgumentException($"QuotedMax is {QuotedMax}: use 0 to 10,000", nameof(QuotedMax));
    }
}
