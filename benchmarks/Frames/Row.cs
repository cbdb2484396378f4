using System.Globalization;

namespace Granary.Frames;

/// <summary>One kind of frame, measured in rounds.</summary>
/// <param name="name">What is printed.</param>
/// <param name="frames">The frames.</param>
/// <param name="begin">Done before each pass over them, not measured.</param>
/// <param name="walk">The peer, over some of the frames.</param>
/// <param name="decode">The decoder, over some of the frames.</param>
internal sealed class Row(string name, byte[][] frames, Action begin, Func<ArraySegment<byte[]>, long> walk, Func<ArraySegment<byte[]>, long> decode)
{
    // A frame just received is in the cache, and so are so many of them: the recording as a whole is not.
    private const int BlockLength = 64;

    private readonly List<(double Walk, double Decode)> _seconds = [];
    private long _allocated;

    public void Measure(TimeProvider time)
    {
        begin();
        var (walkSeconds, decodeSeconds) = (0.0, 0.0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var from = 0; from < frames.Length; from += BlockLength)
        {
            var block = new ArraySegment<byte[]>(frames, from, Math.Min(BlockLength, frames.Length - from));
            walk(block);
            // By turns, so that neither always comes after the other.
            if ((from / BlockLength) % 2 == 0)
            {
                walkSeconds += Seconds(walk, block, time);
                decodeSeconds += Seconds(decode, block, time);
            }
            else
            {
                decodeSeconds += Seconds(decode, block, time);
                walkSeconds += Seconds(walk, block, time);
            }
        }
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

    private static double Seconds(Func<ArraySegment<byte[]>, long> work, ArraySegment<byte[]> block, TimeProvider time)
    {
        var started = time.GetTimestamp();
        work(block);
        return time.GetElapsedTime(started).TotalSeconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
