namespace Granary.Silo.Alerts;

/// <summary>
/// The alerts that stand, as a kernel: signals and time in, notices out. An alert is told once when it begins, again when it grows or lasts, and once when
/// it is over; one that was never told ends silently. What the rate limit holds back is told when there is room, the critical first.
/// </summary>
/// <param name="policy">How often and how loudly.</param>
/// <remarks>Bound: <see cref="ActiveMax"/> alerts at once; more are counted by <see cref="Overflow"/> and not kept.</remarks>
public sealed class AlertBook(AlertPolicy policy)
{
    /// <summary>Alerts that can stand at once: 500.</summary>
    public const int ActiveMax = 500;

    private const long MinuteMs = 60_000;

    private readonly SortedDictionary<(string Rule, string Scope), Entry> _entries = new(Comparer<(string Rule, string Scope)>.Create(Compare));
    private readonly NoticeBudget _critical = new(policy.PerMinuteMax, MinuteMs);
    private readonly NoticeBudget _others = new(policy.PerMinuteMax, MinuteMs);

    /// <summary>Alerts that found no room.</summary>
    public long Overflow { get; private set; }

    /// <summary>The alerts that stand, by rule and scope, with the state told last or due.</summary>
    public IReadOnlyList<AlertNotice> Active => [.. _entries.Select(pair => Notice(pair.Key, pair.Value, pair.Value.Told ?? AlertState.Firing, pair.Value.LastMs))];

    /// <summary>Takes a signal; what is to be told comes with the next <see cref="Tick"/>.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="nowMs">Now, milliseconds since the Unix epoch; never before an earlier call's.</param>
    public void Take(AlertSignal signal, long nowMs)
    {
        var key = (signal.Rule, signal.Scope);
        var isKnown = _entries.TryGetValue(key, out var entry);
        if (signal.Kind == AlertSignalKind.Clear)
        {
            // What happened has happened; only a condition can cease.
            if (isKnown && !entry!.IsEvent) entry.ClearedMs ??= nowMs;
            return;
        }
        if (!isKnown)
        {
            if (_entries.Count == ActiveMax)
            {
                Overflow++;
                return;
            }
            _entries[key] = new Entry(signal, nowMs);
            return;
        }
        entry!.See(signal, nowMs);
    }

    /// <summary>What is to be told now.</summary>
    /// <param name="nowMs">Now, milliseconds since the Unix epoch; never before an earlier call's.</param>
    public IReadOnlyList<AlertNotice> Tick(long nowMs)
    {
        var notices = new List<AlertNotice>();
        foreach (var (key, entry) in _entries.ToArray())
        {
            if (IsOver(entry, nowMs))
            {
                _entries.Remove(key);

                // Each follows a notice that was told, so they are as few as those.
                if (entry.Told is not null) notices.Add(Notice(key, entry, AlertState.Resolved, nowMs));
                continue;
            }

            if (entry is { IsEvent: false, Severity: AlertSeverity.Warning } && policy.EscalateMs > 0 && nowMs - entry.SinceMs >= policy.EscalateMs) entry.Grow(AlertSeverity.Critical);
            if (entry is { Due: null, IsEvent: false } && policy.RemindMs > 0 && nowMs - entry.ToldMs >= policy.RemindMs) entry.Due = AlertState.Reminder;
        }

        foreach (var (key, entry) in _entries.Where(static pair => pair.Value.Due is not null).OrderByDescending(static pair => pair.Value.Severity))
        {
            if (!(entry.Severity == AlertSeverity.Critical ? _critical : _others).TrySpend(nowMs)) continue;
            notices.Add(Notice(key, entry, entry.Due!.Value, nowMs));
            (entry.Told, entry.ToldMs, entry.Due) = (entry.Due, nowMs, null);
        }

        return notices;
    }

    private bool IsOver(Entry entry, long nowMs) => entry.ClearedMs is { } cleared
        ? nowMs - cleared >= policy.ResolveAfterMs
        : entry.IsEvent && nowMs - entry.LastMs >= policy.EventMs;

    private static AlertNotice Notice((string Rule, string Scope) key, Entry entry, AlertState state, long timeMs) =>
        new(state, key.Rule, key.Scope, entry.Severity, entry.Text, entry.Count, entry.SinceMs, timeMs);

    private static int Compare((string Rule, string Scope) left, (string Rule, string Scope) right)
    {
        var rules = string.CompareOrdinal(left.Rule, right.Rule);
        return rules != 0 ? rules : string.CompareOrdinal(left.Scope, right.Scope);
    }

    private sealed class Entry(AlertSignal signal, long nowMs)
    {
        public AlertSeverity Severity { get; private set; } = signal.Severity;

        public string Text { get; private set; } = signal.Text;

        public bool IsEvent { get; private set; } = signal.Kind == AlertSignalKind.Event;

        public long Count { get; private set; } = 1;

        public long SinceMs { get; } = nowMs;

        public long LastMs { get; private set; } = nowMs;

        public long? ClearedMs { get; set; }

        /// <summary>What the last notice told, or null before the first.</summary>
        public AlertState? Told { get; set; }

        public long ToldMs { get; set; } = nowMs;

        /// <summary>What is to be told as soon as there is room.</summary>
        public AlertState? Due { get; set; } = AlertState.Firing;

        public void See(AlertSignal again, long timeMs)
        {
            (Text, LastMs, ClearedMs) = (again.Text, timeMs, null);
            IsEvent = again.Kind == AlertSignalKind.Event;
            if (IsEvent) Count++;
            Grow(again.Severity);
        }

        public void Grow(AlertSeverity severity)
        {
            if (severity <= Severity) return;
            Severity = severity;
            if (Told is not null) Due = AlertState.Escalated;
        }
    }
}
