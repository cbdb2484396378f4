using Granary.Journal;
using Granary.Journal.Records;
using Granary.Silo.Alerts.Rules;
using Granary.Silo.Metrics;

namespace Granary.Silo.Alerts;

/// <summary>
/// The journal, seen on its way: incidents become alerts before they are written, so that a broken journal hides none, appends are timed, and one that fails
/// is itself an alert. Nothing else is changed, and nothing is waited for.
/// </summary>
public sealed class ObservedJournal(IJournal journal, TimeProvider time) : IJournal
{
    private const string Scope = "journal";

    private AlertHub? _alerts;
    private JournalMetrics? _metrics;

    /// <inheritdoc/>
    public IJournalReader Reader => journal.Reader;

    /// <summary>Says who is told; before that nobody is.</summary>
    public void Attach(AlertHub? alerts, JournalMetrics metrics) => (_alerts, _metrics) = (alerts, metrics);

    /// <inheritdoc/>
    public ValueTask<JournalEpoch> AcquireEpochAsync(string owner, CancellationToken cancellationToken = default) => journal.AcquireEpochAsync(owner, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask AppendAsync(IReadOnlyList<JournalRecord> records, JournalEpoch? epoch, CancellationToken cancellationToken = default)
    {
        Look(records);
        var started = time.GetTimestamp();
        try
        {
            await journal.AppendAsync(records, epoch, cancellationToken);
        }
        catch (JournalException e)
        {
            Fail(e);
            throw;
        }

        _metrics?.Append(time.GetElapsedTime(started));
    }

    /// <inheritdoc/>
    public async ValueTask EnqueueAsync(IReadOnlyList<JournalRecord> records, JournalEpoch? epoch, CancellationToken cancellationToken = default)
    {
        Look(records);
        try
        {
            await journal.EnqueueAsync(records, epoch, cancellationToken);
        }
        catch (JournalException e)
        {
            Fail(e);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken = default) => journal.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => journal.DisposeAsync();

    private void Look(IReadOnlyList<JournalRecord> records)
    {
        if (_alerts is not { } alerts) return;
        for (var i = 0; i < records.Count; i++)
            if (records[i] is IncidentRecord incident && IncidentAlerts.Of(incident) is { } signal) alerts.Post(signal);
    }

    private void Fail(JournalException exception) =>
        _alerts?.Post(new AlertSignal(AlertSignalKind.Event, AlertRules.Disk, Scope, AlertSeverity.Critical, exception.Message));
}
