namespace Granary.Engine.Reconciliation;

/// <summary>
/// When to ask for an order whose outcome is not known: after growing pauses, up to a longest one, each shortened by a share that differs from order to order
/// and attempt to attempt, so that many orders of one outage do not ask in step. The share is taken off the pause after it was bounded: at the longest pause
/// it is as large as anywhere. The same order and attempt give the same pause on every machine.
/// </summary>
/// <param name="FirstMs">The first pause, milliseconds, 1 or more.</param>
/// <param name="MaxMs">The longest pause, milliseconds, not below the first.</param>
/// <param name="JitterShare">The largest share taken off, 0 to below 1.</param>
public readonly record struct QueryBackoff(long FirstMs, long MaxMs, double JitterShare)
{
    /// <summary>A quarter of a second to eight seconds, less up to a quarter of it.</summary>
    public static QueryBackoff Default { get; } = new(250, 8_000, 0.25);

    /// <summary>The pause before an attempt, milliseconds: above 0 and never above <see cref="MaxMs"/>.</summary>
    /// <param name="clientOrderId">Whom it is about.</param>
    /// <param name="attempt">0 for the first; any number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The attempt is below 0, or the bounds are none.</exception>
    public long PauseMs(string clientOrderId, int attempt)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(attempt);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FirstMs);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxMs, FirstMs);
        if (JitterShare is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(JitterShare), JitterShare, "expected 0 to below 1");
        var pause = FirstMs;
        for (var i = 0; i < attempt && pause < MaxMs; i++) pause = pause > MaxMs / 2 ? MaxMs : pause * 2;
        return Math.Max(1, pause - (long)(pause * JitterShare * Share(clientOrderId, attempt)));
    }

    /// <summary>A number from 0 to below 1 of id and attempt: FNV-1a, then the finaliser of SplitMix64.</summary>
    private static double Share(string clientOrderId, int attempt)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var c in clientOrderId) hash = (hash ^ c) * 1_099_511_628_211UL;
        hash += ((ulong)attempt + 1) * 0x9E37_79B9_7F4A_7C15UL;
        hash = (hash ^ (hash >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D0_49BB_1331_11EBUL;
        return ((hash ^ (hash >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
