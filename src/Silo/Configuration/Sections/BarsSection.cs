using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Sections;

/// <summary>What is built of every symbol's trades beside its volume bars, and how the size of those follows the market.</summary>
public sealed record BarsSection
{
    /// <summary>
    /// Whether each symbol's volume threshold follows the mean volume of its last completed UTC days; the configured one holds until enough of them are known;
    /// true, false, default true.
    /// </summary>
    public bool Calibrate { get; init; } = true;

    /// <summary>Completed UTC days in that mean; 1 to 366, default 7.</summary>
    [Within(1, 366)]
    public int CalibrationDays { get; init; } = 7;

    /// <summary>Volume bars aimed at per day; 1 to 1,000,000, default 1,500.</summary>
    [Within(1, 1_000_000)]
    public int BarsPerDay { get; init; } = 1_500;

    /// <summary>What a calibrated threshold is a multiple of, base units; above 0 to 1,000,000, default 0.001.</summary>
    [Within(0, 1_000_000, IsAbove = true)]
    public decimal ThresholdStep { get; init; } = 0.001m;

    /// <summary>Aggregate trades in a tick bar, 0 for no tick bars; 0 to 1,000,000, default 250.</summary>
    [Within(0, 1_000_000)]
    public int TradesPerTickBar { get; init; } = 250;

    /// <summary>Spans of the time bars in seconds, rising, 1 to 86,400 each, without 60 no minute factors; 0 to 8 entries, default 1, 5, 60.</summary>
    [Entries(0, 8)]
    public IReadOnlyList<int> TimeBarSeconds { get; init; } = [1, 5, 60];

    /// <summary>How long after a time bar's end its last trades are waited for, milliseconds; 0 to 3,600,000, default 1,000.</summary>
    [Within(0, 3_600_000)]
    public int TimeBarGraceMs { get; init; } = 1_000;

    /// <summary>Closed tick and time bars kept per track for views; 1 to 10,000, default 300.</summary>
    [Within(1, 10_000)]
    public int Kept { get; init; } = 300;
}
