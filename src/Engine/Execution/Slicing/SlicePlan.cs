using Granary.Engine.Snapshots;

namespace Granary.Engine.Execution.Slicing;

/// <summary>When how much of an order is to be done: the quantity wanted by the end of every interval, and the moment within it at which it falls
/// due.</summary>
internal sealed class SlicePlan
{
    private const int SizeDraw = 1;
    private const int MomentDraw = 2;
    private const decimal Hair = 0.000001m;
    private readonly SliceOrder _order;
    private readonly decimal[] _wanted;

    private SlicePlan(SliceOrder order, decimal[] wanted, bool isByCurve) => (_order, _wanted, IsByCurve) = (order, wanted, isByCurve);

    /// <summary>Whether the market's expected volume shaped it.</summary>
    public bool IsByCurve { get; }

    public static SlicePlan Of(SliceOrder order, IntradayVolumeCurve? curve)
    {
        var weights = new double[order.Intervals];
        var isByCurve = order.Kind == SliceKind.Vwap && curve?.Share(order.StartMs, order.EndMs) > 0;
        double sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            var (fromMs, toMs) = (StartOf(order, i), i + 1 == weights.Length ? order.EndMs : StartOf(order, i + 1));
            // An interval weighs what it lasts: whole intervals as one, so that equal parts stay equal.
            var weight = isByCurve ? curve!.Share(fromMs, toMs) ?? 0 : (double)(toMs - fromMs) / order.IntervalMs;
            if (order.Seed is { } seed) weight *= 1 + (order.Jitter * ((2 * SliceDraw.Of(seed, SizeDraw, i)) - 1));
            weights[i] = sum += weight;
        }
        var wanted = new decimal[weights.Length];
        var steps = order.Quantity / order.StepSize;
        var whole = (decimal)sum;
        for (var i = 0; i < weights.Length - 1; i++)
        {
            // What the rounding of the weights left a hair below a whole step is that step.
            var share = whole > 0 ? (steps * Math.Min((decimal)weights[i], whole) / whole) + Hair : 0;
            wanted[i] = Math.Min(decimal.Floor(share), steps) * order.StepSize;
        }
        wanted[^1] = order.Quantity;
        return new SlicePlan(order, wanted, isByCurve);
    }

    /// <summary>The interval that a moment of the horizon lies in.</summary>
    public int IntervalAt(long nowMs) => (int)Math.Min((nowMs - _order.StartMs) / _order.IntervalMs, _wanted.Length - 1);

    /// <summary>The moment within an interval at which its part falls due.</summary>
    public long DueMs(int interval)
    {
        var (fromMs, toMs) = (StartOf(_order, interval), interval + 1 == _wanted.Length ? _order.EndMs : StartOf(_order, interval + 1));
        return _order is { Seed: { } seed, Kind: not SliceKind.Iceberg }
            ? fromMs + (long)((toMs - fromMs) * _order.Jitter * SliceDraw.Of(seed, MomentDraw, interval))
            : fromMs;
    }

    /// <summary>What is to be done by a moment of the horizon, and when more is.</summary>
    public (decimal Wanted, long NextMs) At(long nowMs)
    {
        var interval = IntervalAt(nowMs);
        var dueMs = DueMs(interval);
        if (nowMs < dueMs) return (interval == 0 ? 0 : _wanted[interval - 1], dueMs);
        return (_wanted[interval], interval + 1 == _wanted.Length ? _order.EndMs : DueMs(interval + 1));
    }

    public void Write(SnapshotWriter writer)
    {
        writer.Write(IsByCurve);
        foreach (var wanted in _wanted) writer.Write(wanted);
    }

    /// <exception cref="InvalidDataException">The snapshot is damaged.</exception>
    public static SlicePlan Read(ref SnapshotReader reader, SliceOrder order)
    {
        var isByCurve = reader.ReadBoolean();
        var wanted = new decimal[order.Intervals];
        decimal last = 0;
        for (var i = 0; i < wanted.Length; i++)
        {
            wanted[i] = reader.ReadDecimal();
            if (wanted[i] < last || wanted[i] > order.Quantity)
                throw new InvalidDataException($"the snapshot of a slice schedule is damaged: interval {i} of its plan is out of order");
            last = wanted[i];
        }
        if (last != order.Quantity)
            throw new InvalidDataException("the snapshot of a slice schedule is damaged: its plan does not end with the whole quantity");
        return new SlicePlan(order, wanted, isByCurve);
    }

    private static long StartOf(SliceOrder order, int interval) => order.StartMs + (interval * order.IntervalMs);
}
