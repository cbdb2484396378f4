namespace Granary.Exchange.Markets;

/// <summary>The scheduled moves of one symbol. Without any, the price is noise and impact alone.</summary>
internal sealed class SyntheticPath(IReadOnlyList<SyntheticMove> moves)
{
    /// <summary>What the fair price is multiplied with between two instants of market time, microseconds.</summary>
    public double Factor(long fromUs, long untilUs)
    {
        var logarithm = 0.0;
        foreach (var move in moves)
        {
            var from = Math.Max(fromUs, move.StartMs * 1000);
            var until = Math.Min(untilUs, (move.StartMs + move.DurationMs) * 1000);
            if (until > from) logarithm += Math.Log(1 + move.Share) * (until - from) / (move.DurationMs * 1000.0);
        }

        return logarithm == 0 ? 1 : Math.Exp(logarithm);
    }

    /// <summary>1 or -1 while a move is under way, 0 otherwise.</summary>
    public int Direction(long nowUs)
    {
        foreach (var move in moves)
        {
            if (nowUs >= move.StartMs * 1000 && nowUs < (move.StartMs + move.DurationMs) * 1000) return Math.Sign(move.Share);
        }

        return 0;
    }
}
