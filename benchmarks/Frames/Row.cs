using System.Globalization;

namespace Granary.Frames;

/// <summary>One kind of frame, measured in rounds.</summary>
internal sealed class Row(string name, byte[][] frames, Func<long> walk, Func<long> decode)
{
    private readonly List<(double Walk, double Decode)> _seconds = [];
    private long _allocated;

    public void Measure(TimeProvider time)
    {
        var walkSeconds = Seconds(walk, time);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var decodeSeconds = Seconds(decode, time);
        _allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        _seconds.Add((walkSeconds, decodeSeconds));
    }

    public void Clear() => _seconds.Clear();

    public string Line()
    {
        var ratios = _seconds.Select(round => round.Walk / round.Decode).Order().ToArray();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-24}{frames.Length,8}{frames.Average(frame => frame.Length),8:0}{frames.Length / Median(_seconds.Select(round => round.Walk)),12:0}{frames.Length / Median(_seconds.Select(round => round.Decode)),12:0}{Median(ratios),8:0.00}{ratios[0],8:0.00}{ratios[^1],8:0.00}{_allocated / (double)frames.Length,9:0.0}");
    }

    private static double Seconds(Func<long> work, TimeProvider time)
    {
        var started = time.GetTimestamp();
        work();
        return time.GetElapsedTime(started).TotalSeconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
