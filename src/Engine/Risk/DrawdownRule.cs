using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Risk;

/// <summary>
/// Drawdown rule (formulas §4.4): dd = 1 - equity / highest equity of the points with time &gt; now - 7 days. Above 8 % the size is a quarter; that ends at
/// 4 % or less. Above 15 % entries stop, which ends at 4 % too: when the equity has recovered, or the peak is seven days past. Only points that can still
/// become the highest are kept, falling in value; at most <see cref="PointsMax"/>, and when full the two oldest become
/// one with the higher value and the later time, which can only overstate the drawdown.
/// </summary>
/// <param name="reduceAbove">Drawdown above which the size is reduced, default 0.08.</param>
/// <param name="restoreAt">Drawdown at or below which that ends, default 0.04.</param>
/// <param name="stopAbove">Drawdown above which entries stop, default 0.15.</param>
public sealed class DrawdownRule(decimal reduceAbove = 0.08m, decimal restoreAt = 0.04m, decimal stopAbove = 0.15m)
{
    /// <summary>Length of the window, milliseconds: 7 days.</summary>
    public const long WindowMs = 7 * DayLossRule.DayMs;

    /// <summary>Points held.</summary>
    public const int PointsMax = 16_384;

    private readonly LinkedList<(long TimeMs, decimal Equity)> _points = [];

    /// <summary>Drawdown at the latest point, 0 or more.</summary>
    public decimal Drawdown { get; private set; }

    /// <summary>Whether the size is reduced.</summary>
    public bool IsReduced { get; private set; }

    /// <summary>Whether entries are stopped.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>1, or 0.25 while reduced.</summary>
    public decimal SizeMultiplier => IsReduced ? 0.25m : 1m;

    /// <summary>Takes a point of the equity curve, in the order of time.</summary>
    /// <param name="timeMs">Milliseconds since the Unix epoch, UTC.</param>
    /// <param name="equity">Quote units.</param>
    public void Observe(long timeMs, decimal equity)
    {
        while (_points.Last is { } last && last.Value.Equity <= equity) _points.RemoveLast();
        _points.AddLast((timeMs, equity));
        while (_points.First!.Value.TimeMs <= timeMs - WindowMs) _points.RemoveFirst();
        if (_points.Count > PointsMax)
        {
            var oldest = _points.First!.Value;
            _points.RemoveFirst();
            _points.First!.Value = (_points.First.Value.TimeMs, oldest.Equity);
        }
        var highest = _points.First!.Value.Equity;
        Drawdown = highest > 0 ? Math.Max(1 - (equity / highest), 0) : 0;
        if (highest <= 0) return;
        if (highest - equity > stopAbove * highest) IsStopped = true;
        if (highest - equity > reduceAbove * highest) IsReduced = true;
        else if (highest - equity <= restoreAt * highest) (IsReduced, IsStopped) = (false, false);
    }

    /// <summary>Takes a deposit (negative: a withdrawal): every point of the window moves by it, so that it is neither profit nor loss.</summary>
    public void Transfer(decimal amount)
    {
        for (var node = _points.First; node is not null; node = node.Next) node.Value = (node.Value.TimeMs, node.Value.Equity + amount);
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section("drawdown", 2);
        writer.Write(Drawdown);
        writer.Write(IsReduced);
        writer.Write(IsStopped);
        writer.Write(_points.Count);
        foreach (var (timeMs, equity) in _points)
        {
            writer.Write(timeMs);
            writer.Write(equity);
        }
    }

    /// <summary>Replaces the state by what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or of a newer version.</exception>
    public void Read(ref SnapshotReader reader)
    {
        var version = reader.Section("drawdown", 2);
        Drawdown = reader.ReadDecimal();
        IsReduced = reader.ReadBoolean();
        IsStopped = version >= 2 && reader.ReadBoolean();
        _points.Clear();
        for (var i = reader.ReadCount(PointsMax, "equity points"); i > 0; i--) _points.AddLast((reader.ReadInt64(), reader.ReadDecimal()));
    }
}
