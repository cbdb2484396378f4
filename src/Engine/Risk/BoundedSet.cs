using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Risk;

/// <summary>The last so many different names; when full the oldest is forgotten.</summary>
internal sealed class BoundedSet(int capacity)
{
    private readonly Dictionary<string, LinkedListNode<string>> _index = new(StringComparer.Ordinal);
    private readonly LinkedList<string> _order = [];

    internal bool Contains(string name) => _index.ContainsKey(name);

    internal void Add(string name)
    {
        if (_index.ContainsKey(name)) return;
        if (_index.Count == capacity)
        {
            _index.Remove(_order.First!.Value);
            _order.RemoveFirst();
        }
        _index[name] = _order.AddLast(name);
    }

    internal void Remove(string name)
    {
        if (_index.Remove(name, out var node)) _order.Remove(node);
    }

    internal void Write(SnapshotWriter writer)
    {
        writer.Write(_order.Count);
        foreach (var name in _order) writer.Write(name);
    }

    internal void Read(ref SnapshotReader reader)
    {
        _index.Clear();
        _order.Clear();
        for (var i = reader.ReadCount(capacity, "names"); i > 0; i--) Add(reader.ReadString());
    }
}
