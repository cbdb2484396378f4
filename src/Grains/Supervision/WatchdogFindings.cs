using System.Collections.Concurrent;
using Granary.Grains.Telemetry;
using Granary.Journal;
using Granary.Journal.Records;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Supervision;

/// <summary>
/// What the watchdog has found and what of it still holds: a record in the journal, a line in the log and a metric for each, and the list that an operator
/// sees.
/// Queued, never waited for: whoever finds something must not stand still for it.
/// </summary>
public sealed partial class WatchdogFindings(TimeProvider time, EngineMetrics metrics, ILogger<WatchdogFindings> logger, IJournal? journal = null)
{
    private readonly ConcurrentDictionary<(string Kind, string Scope), string> _open = new();

    /// <summary>What holds now, in sentences, sorted.</summary>
    public IReadOnlyList<string> Open =>
        [.. _open.OrderBy(o => o.Key.Scope, StringComparer.Ordinal).ThenBy(o => o.Key.Kind, StringComparer.Ordinal).Select(o => $"{o.Key.Scope}: {o.Value}")];

    /// <summary>Something was found, or has got worse.</summary>
    /// <param name="kind">Kind of the incident.</param>
    /// <param name="scope">Whom it concerns.</param>
    /// <param name="seen">What was seen.</param>
    /// <param name="done">What was done.</param>
    /// <param name="result">What state resulted.</param>
    public void Raise(string kind, string scope, string seen, string done, string result)
    {
        _open[(kind, scope)] = $"{seen}; {done}";
        LogRaised(scope, kind, seen, done);
        Record(kind, scope, seen, done, result);
        Show(kind);
    }

    /// <summary>What was found is over.</summary>
    /// <param name="kind">Kind of the incident that says so.</param>
    /// <param name="raised">Kind that it ends.</param>
    /// <param name="scope">Whom it concerns.</param>
    /// <param name="seen">What was seen.</param>
    /// <param name="result">What state resulted.</param>
    public void Resolve(string kind, string raised, string scope, string seen, string result)
    {
        _open.TryRemove((raised, scope), out _);
        LogResolved(scope, kind, seen, result);
        Record(kind, scope, seen, "nothing more", result);
        Show(raised);
    }

    private void Record(string kind, string scope, string seen, string done, string result)
    {
        metrics.WatchdogVerdicts.Add(1, new KeyValuePair<string, object?>("kind", kind));
        if (journal is null) return;
        var record = new IncidentRecord(scope, kind, seen, done, result, time.GetUtcNow().ToUnixTimeMilliseconds());
        _ = journal.EnqueueAsync([record], null).AsTask();
    }

    private void Show(string raised) =>
        metrics.WatchdogOpen.Record(_open.Keys.Count(key => key.Kind == raised), new KeyValuePair<string, object?>("kind", raised));

    [LoggerMessage(Level = LogLevel.Error, Message = "watchdog: {Scope} {Kind}: {Seen}; {Done}")]
    private partial void LogRaised(string scope, string kind, string seen, string done);

    [LoggerMessage(Level = LogLevel.Information, Message = "watchdog: {Scope} {Kind}: {Seen}; {Result}")]
    private partial void LogResolved(string scope, string kind, string seen, string result);
}
