using Granary.Engine.Snapshots;

namespace Granary.Engine.Orders;

/// <summary>
/// Remembers which trade ids of one symbol have been counted. A venue's trade ids grow, so the memory holds the largest ids and a floor: every id at or
/// below the floor counts as known. Fills may therefore come in any order as long as no more than the capacity's newer ones overtake them.
/// </summary>
/// <param name="capacity">Ids held; 1 or more, default 4096. When full, the smallest becomes the floor.</param>
public sealed class TradeIdMemory(int capacity = 4096)
{
    private readonly SortedSet<long> _ids = [];

    /// <summary>Every id at or below this is known; 0 at the beginning.</summary>
    public long Floor { get; private set; }

    /// <summary>The largest known id; 0 when there is none.</summary>
    public long Last => _ids.Count == 0 ? Floor : _ids.Max;

    /// <summary>Whether the id has been counted.</summary>
    public bool Knows(long tradeId) => tradeId <= Floor || _ids.Contains(tradeId);

    /// <summary>Counts an id.</summary>
    /// <returns>False when it was known.</returns>
    public bool TryAdd(long tradeId)
    {
        if (tradeId <= Floor || !_ids.Add(tradeId)) return false;
        if (_ids.Count > capacity)
        {
            Floor = _ids.Min;
            _ids.Remove(Floor);
        }
        return true;
    }

    /// <summary>Declares every id up to this one known, for example after a position was restored with the fills up to it.</summary>
    public void RaiseFloor(long tradeId)
    {
        if (tradeId <= Floor) return;
        Floor = tradeId;
        _ids.RemoveWhere(id => id <= tradeId);
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Write(Floor);
        writer.Write(_ids.Count);
        foreach (var id in _ids) writer.Write(id);
    }

    /// <summary>Replaces the state by what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or larger than the capacity.</exception>
    public void Read(ref SnapshotReader reader)
    {
        Floor = reader.ReadInt64();
        _ids.Clear();
        var count = reader.ReadCount(capacity, "trade ids");
        for (var i = 0; i < count; i++) _ids.Add(reader.ReadInt64());
    }
}
