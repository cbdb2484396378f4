using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Risk;

/// <summary>
/// When the account's own orders were made, to stay below the venue's rates. A window is (now - length, now], stricter than the venue's fixed ones. Times of
/// different symbols may be out of order, so a count looks at every one. At most <see cref="CountMax"/> are held; when full the oldest is forgotten.
/// </summary>
/// <param name="capacity">Times held: as many as the longest window allows.</param>
internal sealed class OrderPace(int capacity)
{
    internal const int CountMax = 10_000;
    internal const long TenSecondsMs = 10_000;
    internal const long MinuteMs = 60_000;

    private readonly long[] _times = new long[capacity];
    private int _first;
    private int _count;

    internal void Add(long timeMs)
    {
        while (_count > 0 && (_count == capacity || _times[_first] <= timeMs - MinuteMs))
        {
            _first = Next(_first);
            _count--;
        }
        _times[(_first + _count) % capacity] = timeMs;
        _count++;
    }

    internal int Count(long nowMs, long lengthMs)
    {
        var count = 0;
        for (int i = 0, at = _first; i < _count; i++, at = Next(at))
        {
            if (_times[at] > nowMs - lengthMs) count++;
        }
        return count;
    }

    internal void Write(SnapshotWriter writer)
    {
        writer.Write(_count);
        for (int i = 0, at = _first; i < _count; i++, at = Next(at)) writer.Write(_times[at]);
    }

    internal void Read(ref SnapshotReader reader)
    {
        (_first, _count) = (0, 0);
        for (var i = reader.ReadCount(CountMax, "order times"); i > 0; i--)
        {
            var timeMs = reader.ReadInt64();
            if (_count == capacity) (_first, _count) = (Next(_first), _count - 1);
            _times[(_first + _count) % capacity] = timeMs;
            _count++;
        }
    }

    private int Next(int i) => i + 1 == capacity ? 0 : i + 1;
}
