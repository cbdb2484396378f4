namespace Granary.Engine.Performance;

/// <summary>One time below a peak of the equity (formulas §9.4).</summary>
/// <param name="PeakMs">Time of the peak: the last point at the highest equity so far, milliseconds since the Unix epoch, UTC.</param>
/// <param name="EndMs">Time of the first point at or above the peak again; of the last point while there is none.</param>
/// <param name="Depth">Lowest equity / peak - 1, negative.</param>
/// <param name="IsRecovered">Whether the peak was reached again.</param>
public readonly record struct DrawdownEpisode(long PeakMs, long EndMs, double Depth, bool IsRecovered)
{
    private const long DayMs = 86_400_000;

    /// <summary>Whole days from the peak to the end.</summary>
    public long Days => (EndMs - PeakMs) / DayMs;
}
