using System.Diagnostics.Metrics;
using Granary.Journal.Sqlite;

namespace Granary.Silo.Metrics;

/// <summary>What the journal counts, as granary_journal_*, on the meter "Granary".</summary>
public sealed class JournalMetrics
{
    private readonly Histogram<double> _appendMs;

    /// <summary>Creates the instruments.</summary>
    /// <param name="meters">The host's factory; the meter ends with it.</param>
    /// <param name="read">The journal's counters, or null when it has none.</param>
    public JournalMetrics(IMeterFactory meters, Func<JournalStatistics>? read)
    {
        var meter = meters.Create(new MeterOptions("Granary"));
        _appendMs = meter.CreateHistogram<double>("granary_journal_append_ms", "ms", "From handing records to the journal until they are durable.");
        if (read is null) return;
        meter.CreateObservableCounter("granary_journal_records_total", () => read().RecordsCommitted, "records", "Records committed.");
        meter.CreateObservableCounter("granary_journal_groups_total", () => read().GroupsCommitted, "transactions", "Transactions committed.");
        meter.CreateObservableCounter("granary_journal_records_lost_total", () => read().RecordsLost, "records", "Records queued without waiting that could not be stored.");
        meter.CreateObservableGauge("granary_journal_queue_records", () => read().RecordsQueued, "records", "Records that wait for the writer.");
    }

    /// <summary>Takes the time of one append.</summary>
    public void Append(TimeSpan time) => _appendMs.Record(time.TotalMilliseconds);
}
