using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Risk;

/// <summary>The last so many different names; when full the oldest is forgotten. Once it has grown to its use it allocates nothing.</summary>
internal sealed class BoundedSet(int capacity)
{
    private const int None = -1;
    private const int SlotsMin = 16;

    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private Slot[] _slots = [];
    private int _used;
    private int _free = None;
    private int _oldest = None;
    private int _newest = None;

    internal bool Contains(string name) => _index.ContainsKey(name);

    internal void Add(string name)
    {
        if (_index.ContainsKey(name)) return;
        if (_index.Count == capacity) Remove(_slots[_oldest].Name);
        var i = Take();
        _slots[i] = new Slot { Name = name, Before = _newest, After = None };
        if (_newest != None) _slots[_newest].After = i;
        else _oldest = i;
        _newest = i;
        _index.Add(name, i);
    }

    internal void Remove(string name)
    {
        if (!_index.Remove(name, out var i)) return;
        var (before, after) = (_slots[i].Before, _slots[i].After);
        if (before != None) _slots[before].After = after;
        else _oldest = after;
        if (after != None) _slots[after].Before = before;
        else _newest = before;
        _slots[i] = new Slot { Name = "", After = _free };
        _free = i;
    }

    internal void Write(SnapshotWriter writer)
    {
        writer.Write(_index.Count);
        for (var i = _oldest; i != None; i = _slots[i].After) writer.Write(_slots[i].Name);
    }

    internal void Read(ref SnapshotReader reader)
    {
        _index.Clear();
        _used = 0;
        (_free, _oldest, _newest) = (None, None, None);
        for (var i = reader.ReadCount(capacity, "names"); i > 0; i--) Add(reader.ReadString());
    }

    private int Take()
    {
        if (_free != None)
        {
            var free = _free;
            _free = _slots[free].After;
            return free;
        }
        if (_used == _slots.Length) Array.Resize(ref _slots, Math.Min(Math.Max(_used * 2, SlotsMin), capacity));
        return _used++;
    }

    private struct Slot
    {
        public string Name;
        public int Before;
        public int After;
    }
}
