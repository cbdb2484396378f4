namespace Granary.Exchange.Protocol;

/// <summary>
/// A session's unread frames, in order. A conflated frame leaves its place and the newer one goes to the end, so that a quote never overtakes a trade
/// that happened before it. Not thread-safe. Grows to at most twice the unread frames that its owner allows.
/// </summary>
internal sealed class StreamQueue
{
    private readonly Dictionary<StreamTopic, long> _newest = [];
    private Entry[] _ring = new Entry[64];
    private long _head;
    private long _tail;

    /// <summary>Unread frames.</summary>
    public int Count { get; private set; }

    /// <summary>Frames that a newer one of their stream replaced unread.</summary>
    public long Conflated { get; private set; }

    /// <summary>Appends a frame.</summary>
    /// <param name="frame">Shared, never changed.</param>
    /// <param name="topic">The stream whose unread older frame it may replace, or null.</param>
    /// <param name="conflateAbove">Unread frames above which it does.</param>
    public void Add(byte[] frame, StreamTopic? topic, int conflateAbove)
    {
        if (topic is not null && Count > conflateAbove && _newest.TryGetValue(topic, out var older) && older >= _head)
        {
            this[older] = default;
            Count--;
            Conflated++;
        }
        if (_tail - _head == _ring.Length) MakeRoom();
        if (topic is not null) _newest[topic] = _tail;
        this[_tail++] = new Entry(frame, topic);
        Count++;
    }

    public bool TryTake(out byte[] frame)
    {
        while (_head < _tail)
        {
            ref var entry = ref this[_head++];
            var taken = entry.Frame;
            entry = default;
            if (taken is null) continue;
            Count--;
            frame = taken;
            return true;
        }
        frame = [];
        return false;
    }

    public void Clear()
    {
        _newest.Clear();
        _ring = new Entry[64];
        _head = _tail = 0;
        Count = 0;
    }

    private ref Entry this[long position] => ref _ring[position & (_ring.Length - 1)];

    /// <summary>Closes the gaps that conflation left; grows when there are few.</summary>
    private void MakeRoom()
    {
        var ring = new Entry[Count > _ring.Length / 2 ? _ring.Length * 2 : _ring.Length];
        var kept = 0L;
        for (var position = _head; position < _tail; position++)
        {
            var entry = this[position];
            if (entry.Frame is null) continue;
            if (entry.Topic is { } topic && _newest[topic] == position) _newest[topic] = -1 - kept;
            ring[kept++] = entry;
        }
        foreach (var (topic, position) in _newest)
        {
            // Moved entries were marked with negative numbers so that old and new positions cannot be confused meanwhile.
            if (position < 0) _newest[topic] = -1 - position;
            else _newest.Remove(topic);
        }
        _ring = ring;
        _head = 0;
        _tail = kept;
    }

    private readonly record struct Entry(byte[]? Frame, StreamTopic? Topic);
}
