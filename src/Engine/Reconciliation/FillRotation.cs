namespace Granary.Engine.Reconciliation;

/// <summary>
/// Whose fills are asked for without a reason. Events can be lost in a way that leaves neither a difference of positions nor an order behind; only the history
/// shows such fills. A symbol that may have traded is due at every look, one that is idle once an hour, the one that has waited longest by this measure first.
/// </summary>
public static class FillRotation
{
    /// <summary>Time after which an idle symbol is due, milliseconds.</summary>
    public const long IdleMs = 3_600_000;

    /// <summary>How much faster a symbol that may have traded comes round than an idle one, where there is not weight enough for all.</summary>
    private const long StakeFactor = 120;

    /// <summary>Picks.</summary>
    /// <param name="candidates">The symbols that take part in the look, each once.</param>
    /// <param name="nowMs">Engine time, milliseconds since the Unix epoch, UTC.</param>
    /// <param name="countMax">How many at most.</param>
    /// <returns>The symbols whose fills are asked for.</returns>
    public static IReadOnlySet<string> Pick(IReadOnlyCollection<AuditCandidate> candidates, long nowMs, int countMax) => candidates
        .Where(candidate => candidate.MayHaveTraded || nowMs - candidate.AuditedMs >= IdleMs)
        .OrderByDescending(candidate => (nowMs - candidate.AuditedMs) * (candidate.MayHaveTraded ? StakeFactor : 1))
        .ThenBy(candidate => candidate.Symbol, StringComparer.Ordinal)
        .Take(countMax)
        .Select(candidate => candidate.Symbol)
        .ToHashSet(StringComparer.Ordinal);
}
