using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Book;

/// <summary>
/// Changes kept while a snapshot is fetched, oldest first. Bounded by their number and by the levels they hold together; when one more does not fit all are
/// dropped and it becomes the first. Its arrays grow as needed and are kept.
/// </summary>
internal sealed class DiffBuffer(int countMax, int levelsMax)
{
    private Entry[] _entries = new Entry[Math.Min(countMax, 64)];
    private BookLevel[] _levels = new BookLevel[Math.Min(levelsMax, 1024)];
    private int _first;
    private int _end;
    private int _levelCount;

    public int Count => _end - _first;

    /// <summary>The last update of the newest change, kept also once that is dropped; -1 after <see cref="Clear"/>.</summary>
    public long LastUpdateId { get; private set; } = -1;

    public BookDiff this[int index]
    {
        get
        {
            ref readonly var entry = ref _entries[_first + index];
            return new BookDiff(
                entry.First, entry.Final, entry.Previous, entry.TimeMs, _levels.AsSpan(entry.Offset, entry.BidCount),
                _levels.AsSpan(entry.Offset + entry.BidCount, entry.AskCount));
        }
    }

    public void Clear()
    {
        _first = _end = _levelCount = 0;
        LastUpdateId = -1;
    }

    /// <summary>Keeps a change; one that is too large for the buffer empties it and is not kept.</summary>
    public void Add(in BookDiff diff)
    {
        // The sums cannot overflow: spans of levels are far shorter.
        var levels = diff.Bids.Length + diff.Asks.Length;
        if (_end == countMax || levels > levelsMax - _levelCount) Clear();
        LastUpdateId = diff.FinalUpdateId;
        if (levels > levelsMax) return;
        if (_end == _entries.Length) Array.Resize(ref _entries, (int)Math.Min(countMax, 2L * _end));
        if (levels > _levels.Length - _levelCount) Array.Resize(ref _levels, (int)Math.Min(levelsMax, Math.Max(2L * _levels.Length, _levelCount + levels)));
        _entries[_end++] = new Entry(
            diff.FirstUpdateId, diff.FinalUpdateId, diff.PreviousFinalUpdateId, diff.TimeMs, _levelCount, diff.Bids.Length, diff.Asks.Length);
        diff.Bids.CopyTo(_levels.AsSpan(_levelCount));
        diff.Asks.CopyTo(_levels.AsSpan(_levelCount + diff.Bids.Length));
        _levelCount += levels;
    }

    /// <summary>Drops the changes that end at an update or before it.</summary>
    public void DropThrough(long updateId)
    {
        while (_first < _end && _entries[_first].Final <= updateId) _first++;
        if (_first == _end) _first = _end = _levelCount = 0;
    }

    public void Write(SnapshotWriter writer)
    {
        writer.Write(LastUpdateId);
        writer.Write(Count);
        for (var i = 0; i < Count; i++)
        {
            var diff = this[i];
            writer.Write(diff.FirstUpdateId);
            writer.Write(diff.FinalUpdateId);
            writer.Write(diff.PreviousFinalUpdateId);
            writer.Write(diff.TimeMs);
            Write(writer, diff.Bids);
            Write(writer, diff.Asks);
        }
    }

    public void Restore(ref SnapshotReader reader)
    {
        Clear();
        var lastUpdateId = reader.ReadInt64();
        var count = reader.ReadInt32();
        if (count < 0 || count > countMax) throw new InvalidDataException($"snapshot of an order book is damaged: it claims {count} of {countMax} changes kept");
        for (var i = 0; i < count; i++)
        {
            var (first, final, previous, timeMs) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
            var (bids, asks) = (ReadLevels(ref reader), ReadLevels(ref reader));
            if (final < first || (long)bids.Length + asks.Length > levelsMax - _levelCount)
                throw new InvalidDataException($"snapshot of an order book is damaged: change {i} of those kept is out of bounds");
            Add(new BookDiff(first, final, previous, timeMs, bids, asks));
        }
        LastUpdateId = lastUpdateId;
    }

    private static void Write(SnapshotWriter writer, ReadOnlySpan<BookLevel> levels)
    {
        writer.Write(levels.Length);
        foreach (var level in levels)
        {
            writer.Write(level.PriceE8);
            writer.Write(level.QuantityE8);
        }
    }

    private BookLevel[] ReadLevels(ref SnapshotReader reader)
    {
        var count = reader.ReadInt32();
        if (count < 0 || count > levelsMax) throw new InvalidDataException($"snapshot of an order book is damaged: a change claims {count} levels");
        var levels = new List<BookLevel>(Math.Min(count, 1024));
        for (var i = 0; i < count; i++)
        {
            var level = new BookLevel(reader.ReadInt64(), reader.ReadInt64());
            if (level.PriceE8 is <= 0 or > Fixed8.Max || level.QuantityE8 is < 0 or > Fixed8.Max)
                throw new InvalidDataException($"snapshot of an order book is damaged: level {i} of a change is out of bounds");
            levels.Add(level);
        }
        return [.. levels];
    }

    private readonly record struct Entry(long First, long Final, long Previous, long TimeMs, int Offset, int BidCount, int AskCount);
}
