namespace Granary.Exchange.Protocol;

/// <summary>
/// The latest moves of isolated margin by account, at most <see cref="MovesMax"/> each; in memory, so a restart forgets them while their effect stays.
/// Thread-safe.
/// </summary>
internal sealed class PositionMarginHistory
{
    public const int MovesMax = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<PositionMarginMove>> _byAccount = new(StringComparer.Ordinal);

    public void Add(string account, PositionMarginMove move)
    {
        lock (_gate)
        {
            if (!_byAccount.TryGetValue(account, out var moves)) _byAccount.Add(account, moves = new Queue<PositionMarginMove>());
            if (moves.Count == MovesMax) moves.Dequeue();
            moves.Enqueue(move);
        }
    }

    /// <summary>The account's moves, oldest first.</summary>
    public IReadOnlyList<PositionMarginMove> Of(string account)
    {
        lock (_gate) return _byAccount.TryGetValue(account, out var moves) ? [.. moves] : [];
    }
}
