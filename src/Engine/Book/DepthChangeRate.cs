using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Book;

/// <summary>
/// How restless the best levels are: the quantity that changed there (<see cref="OrderBook.ChangedQuantity"/>: added, taken and cancelled alike) in the last
/// n changes of the book, per second of the time from the change before them to the last. Allocation-free per change.
/// </summary>
public sealed class DepthChangeRate
{
    private RollingSum _changed;

    // A ring of the times of the last n + 1 changes.
    private readonly long[] _times;
    private int _next;
    private int _count;

    /// <summary>A rate without changes.</summary>
    /// <param name="window">n, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is below 1.</exception>
    public DepthChangeRate(int window)
    {
        _changed = new RollingSum(window);
        _times = new long[window + 1];
    }

    /// <summary>Base units per second; null until n + 1 changes came, and when they all have the same time.</summary>
    public double? PerSecond
    {
        get
        {
            if (_count < _times.Length) return null;
            // The ring is full, so the slot to be written next holds the oldest.
            var elapsedMs = _times[_next == 0 ? ^1 : _next - 1] - _times[_next];
            return elapsedMs > 0 ? (double)_changed.Sum / 1e8 / (elapsedMs / 1000.0) : null;
        }
    }

    /// <summary>Takes a change of the book.</summary>
    /// <param name="changedE8">The quantity changed, base units times 10^8, 0 or more.</param>
    /// <param name="timeMs">Its time, milliseconds since the Unix epoch, UTC.</param>
    public void Update(Int128 changedE8, long timeMs)
    {
        _changed.Push(changedE8);
        _times[_next] = timeMs;
        _next = _next + 1 == _times.Length ? 0 : _next + 1;
        if (_count < _times.Length) _count++;
    }

    /// <summary>Starts over, as after a resync of the book.</summary>
    public void Restart()
    {
        _changed = new RollingSum(_changed.Capacity);
        _next = _count = 0;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(DepthChangeRate), 1);
        _changed.Write(writer);
        writer.Write(_count);
        var oldest = _count == _times.Length ? _next : 0;
        for (var i = 0; i < _count; i++) writer.Write(_times[(oldest + i) % _times.Length]);
    }

    /// <summary>Reads a state into this rate, which must have the window of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of another window, damaged, or not of a depth change rate.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(DepthChangeRate), 1);
        _changed.Restore(ref reader);
        var count = reader.ReadInt32();
        if (count < 0 || count > _times.Length || _changed.Count != Math.Min(count, _changed.Capacity))
            throw new InvalidDataException($"snapshot of a depth change rate is damaged: it claims {count} of {_times.Length} times");
        for (var i = 0; i < count; i++) _times[i] = reader.ReadInt64();
        _count = count;
        _next = count == _times.Length ? 0 : count;
    }
}
