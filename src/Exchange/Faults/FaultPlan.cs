using Granary.Exchange.Markets;

namespace Granary.Exchange.Faults;

/// <summary>
/// Decides what goes wrong. The same seed, rules and sequence of requests and events give the same faults: each rule has its own chances, drawn once per
/// match. Without rules a decision costs one comparison. Thread-safe.
/// </summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private ulong _seed;
    private volatile bool _hasRules;

    /// <summary>A plan without rules.</summary>
    /// <param name="seed">Seed of the chances.</param>
    public FaultPlan(ulong seed = 1) => _seed = seed;

    /// <summary>Whether anything can go wrong.</summary>
    public bool HasRules => _hasRules;

    /// <summary>The rules and how often each happened, in order.</summary>
    public IReadOnlyList<(FaultRule Rule, long Happened)> Rules
    {
        get
        {
            lock (_gate) return [.. _entries.Select(entry => (entry.Rule, entry.Happened))];
        }
    }

    /// <summary>Adds the script's rules; a seed in it starts all chances anew.</summary>
    public void Add(FaultScript script)
    {
        lock (_gate)
        {
            if (script.Seed is { } seed)
            {
                _seed = seed;
                for (var i = 0; i < _entries.Count; i++) _entries[i].Random = Chances(i);
            }
            foreach (var rule in script.Rules) _entries.Add(new Entry(rule, Chances(_entries.Count)));
            _hasRules = _entries.Count > 0;
        }
    }

    /// <summary>Forgets every rule.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
            _hasRules = false;
        }
    }

    /// <summary>The first rule that happens to a request, of those kinds, or null.</summary>
    internal FaultRule? OnRequest(ReadOnlySpan<FaultKind> kinds, string request, string? account, string? symbol, long nowMs) =>
        !_hasRules ? null : Decide(kinds, nowMs, rule => rule.Stream is null && rule.Connection is null
            && (rule.Request is null || rule.Request == request) && Is(rule.Account, account) && Is(rule.Symbol, symbol));

    /// <summary>The first rule that happens to an event or message of a connection, of those kinds, or null.</summary>
    internal FaultRule? OnStream(ReadOnlySpan<FaultKind> kinds, string stream, string? userEvent, string? account, long connection, long nowMs) =>
        !_hasRules ? null : Decide(kinds, nowMs, rule => rule.Request is null
            && (rule.Stream is null || rule.Stream == stream || rule.Stream == userEvent) && Is(rule.Account, account)
            && (rule.Symbol is null || stream.StartsWith(rule.Symbol + "@", StringComparison.OrdinalIgnoreCase))
            && (rule.Connection is null || rule.Connection == connection));

    private static bool Is(string? wanted, string? actual) => wanted is null || wanted == actual;

    private FaultRule? Decide(ReadOnlySpan<FaultKind> kinds, long nowMs, Predicate<FaultRule> matches)
    {
        lock (_gate)
        {
            foreach (var entry in _entries)
            {
                var rule = entry.Rule;
                if (!kinds.Contains(rule.Kind) || nowMs < rule.FromMs || (rule.UntilMs != 0 && nowMs >= rule.UntilMs)) continue;
                if ((rule.Times != 0 && entry.Happened >= rule.Times) || !matches(rule)) continue;
                if (entry.Seen++ < rule.After || (rule.Probability < 1 && entry.Random.Uniform() >= rule.Probability)) continue;
                entry.Happened++;
                return rule;
            }
            return null;
        }
    }

    private SeededRandom Chances(int index) => new(_seed ^ (0x9E3779B97F4A7C15UL * (ulong)(index + 1)));

    private sealed class Entry(FaultRule rule, SeededRandom random)
    {
        public FaultRule Rule => rule;

        public SeededRandom Random { get; set; } = random;

        public long Seen { get; set; }

        public long Happened { get; set; }
    }
}
