namespace Granary.Engine.Supervision;

/// <summary>
/// Tells stuck grains from busy ones and from those that only wait for a stuck one. A grain is stuck when a question has been unanswered for the time of its
/// rule, all of that time on one call as far as the runtime tells, and none of the grains that it waits for was late meanwhile; or when a timer's tick has run
/// that long. Each verdict is given once: stuck, once more with every restart that did not help, and that it answers again.
/// </summary>
public sealed class GrainSupervisor
{
    private readonly IReadOnlyList<GrainRule> _rules;
    private readonly long _lateMs;
    private readonly int _restartsMax;
    private readonly long _restartWindowMs;
    private readonly Watched[] _watched;

    /// <summary>Creates a supervisor that has seen nothing.</summary>
    /// <param name="rules">The grains.</param>
    /// <param name="lateMs">Time without an answer after which those who wait for a grain are held up by it, milliseconds; above 0.</param>
    /// <param name="restartsMax">Restarts of one grain within the window; a further one is not made. 0 or more.</param>
    /// <param name="restartWindowMs">
    /// The window, milliseconds; above 0. For a grain with a long <see cref="GrainRule.StuckMs"/> it is longer, so that one which is stuck again after every
    /// restart is given up.
    /// </param>
    /// <exception cref="ArgumentException">A value is out of range, or a rule waits for a grain that is not there or for itself.</exception>
    public GrainSupervisor(IReadOnlyList<GrainRule> rules, long lateMs, int restartsMax, long restartWindowMs)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lateMs);
        ArgumentOutOfRangeException.ThrowIfNegative(restartsMax);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(restartWindowMs);
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i].StuckMs <= 0) throw new ArgumentException($"StuckMs of {rules[i].Name} was {rules[i].StuckMs}, expected above 0", nameof(rules));
            foreach (var other in rules[i].WaitsFor)
            {
                if (other < 0 || other >= rules.Count || other == i)
                    throw new ArgumentException($"{rules[i].Name} waits for place {other}, expected another place of 0 to {rules.Count - 1}", nameof(rules));
            }
        }

        (_rules, _lateMs, _restartsMax, _restartWindowMs) = (rules, lateMs, restartsMax, restartWindowMs);
        _watched = [.. rules.Select(_ => new Watched())];
    }

    /// <summary>Grains that are stuck now.</summary>
    public int StuckCount => _watched.Count(w => w.IsStuck);

    /// <summary>Looks at all grains.</summary>
    /// <param name="nowMs">The time, milliseconds, not before that of the look before.</param>
    /// <param name="sightings">What was seen of each grain, in the order of the rules.</param>
    /// <exception cref="ArgumentException">Not one sighting for each rule.</exception>
    public IReadOnlyList<GrainVerdict> Look(long nowMs, IReadOnlyList<GrainSighting> sightings)
    {
        ArgumentNullException.ThrowIfNull(sightings);
        if (sightings.Count != _rules.Count) throw new ArgumentException($"{sightings.Count} sightings for {_rules.Count} grains", nameof(sightings));
        List<GrainVerdict>? verdicts = null;
        for (var i = 0; i < _rules.Count; i++)
        {
            foreach (var other in _rules[i].WaitsFor)
            {
                if (sightings[other].UnansweredMs >= _lateMs) _watched[i].FreshMs = nowMs;
            }

            if (Judge(i, nowMs, sightings[i]) is { } verdict) (verdicts ??= []).Add(verdict);
        }

        return verdicts ?? [];
    }

    private GrainVerdict? Judge(int index, long nowMs, GrainSighting seen)
    {
        var (rule, watched) = (_rules[index], _watched[index]);
        var stuckMs = StuckMs(nowMs, seen, watched);
        if (stuckMs < rule.StuckMs)
        {
            if (!watched.IsStuck || seen.UnansweredMs is not null || seen.TimerMs >= rule.StuckMs) return null;
            watched.IsStuck = false;
            return new GrainVerdict(index, GrainAction.Answers, nowMs - watched.SinceMs, watched.Restarts.Count);
        }

        if (watched is { IsStuck: true, IsGivenUp: true }) return null;
        if (!watched.IsStuck) (watched.IsStuck, watched.IsGivenUp, watched.SinceMs) = (true, false, nowMs - stuckMs);
        while (watched.Restarts.TryPeek(out var oldest) && nowMs - oldest >= WindowMs(rule)) watched.Restarts.Dequeue();
        watched.IsGivenUp = rule.Remedy == GrainRemedy.Halt || watched.Restarts.Count >= _restartsMax;
        if (!watched.IsGivenUp) watched.Restarts.Enqueue(nowMs);

        // What comes after a restart has all the time again.
        watched.FreshMs = nowMs;
        return new GrainVerdict(index, watched.IsGivenUp ? GrainAction.Halt : GrainAction.Restart, nowMs - watched.SinceMs, watched.Restarts.Count);
    }

    /// <summary>Long enough for a grain to be stuck once more than it may be restarted, with as much time again to begin each time.</summary>
    private long WindowMs(GrainRule rule) => Math.Max(_restartWindowMs, 2 * rule.StuckMs * (_restartsMax + 1));

    private static long StuckMs(long nowMs, GrainSighting seen, Watched watched)
    {
        var freshMs = nowMs - watched.FreshMs;
        var unansweredMs = Math.Min(seen.UnansweredMs ?? 0, Math.Min(seen.BusyMs ?? long.MaxValue, freshMs));
        return Math.Max(unansweredMs, Math.Min(seen.TimerMs, freshMs));
    }

    private sealed class Watched
    {
        public bool IsStuck { get; set; }

        /// <summary>Whether nothing more is tried.</summary>
        public bool IsGivenUp { get; set; }

        public long SinceMs { get; set; }

        /// <summary>Until when its silence was somebody else's fault, or was dealt with.</summary>
        public long FreshMs { get; set; } = long.MinValue / 2;

        public Queue<long> Restarts { get; } = new();
    }
}
