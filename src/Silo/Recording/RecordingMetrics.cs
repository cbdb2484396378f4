using System.Diagnostics.Metrics;

namespace Granary.Silo.Recording;

/// <summary>The recorder's instruments, on the meter "Granary".</summary>
public sealed class RecordingMetrics
{
    private readonly Meter _meter;

    /// <summary>Creates the instruments.</summary>
    /// <param name="meters">The host's factory; the meter ends with it.</param>
    public RecordingMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(new MeterOptions("Granary"));
        Recorded = _meter.CreateCounter<long>("granary_recording_rows_total", "rows", "Rows written to tapes, by kind.");
        Dropped = _meter.CreateCounter<long>("granary_recording_dropped_total", "rows", "Rows not recorded because the queue was full, by kind.");
        Skipped = _meter.CreateCounter<long>("granary_recording_skipped_total", "rows", "Rows that their tape had already, by kind.");
        Failures = _meter.CreateCounter<long>("granary_recording_failures_total", "failures", "Attempts to write that failed, by kind.");
    }

    /// <summary>Rows handed to a tape.</summary>
    public Counter<long> Recorded { get; }

    /// <summary>Rows lost.</summary>
    public Counter<long> Dropped { get; }

    /// <summary>Rows that were there already.</summary>
    public Counter<long> Skipped { get; }

    /// <summary>Failed attempts.</summary>
    public Counter<long> Failures { get; }

    /// <summary>Shows how many rows wait.</summary>
    public void Observe(RowBudget budget) =>
        _meter.CreateObservableGauge("granary_recording_queue_rows", () => budget.Rows, "rows", "Rows that wait for the disk.");
}
