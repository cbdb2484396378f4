using System.Buffers.Binary;
using System.Text;

namespace Granary.Venues.Binance;

/// <summary>Finds a symbol's index from its UTF-8 text without allocating: an open-addressed table, at most half full.</summary>
internal sealed class SymbolTable
{
    private readonly byte[][] _names;
    private readonly int[] _slots;
    private readonly int _mask;

    /// <exception cref="ArgumentException">A symbol is empty or stands twice.</exception>
    public SymbolTable(IReadOnlyList<string> symbols)
    {
        _names = new byte[symbols.Count][];
        var size = 16;
        while (size < symbols.Count * 2) size *= 2;
        _slots = new int[size];
        Array.Fill(_slots, -1);
        _mask = size - 1;
        for (var i = 0; i < symbols.Count; i++)
        {
            var name = Encoding.UTF8.GetBytes(symbols[i]);
            if (name.Length == 0) throw new ArgumentException($"symbol {i} is empty", nameof(symbols));
            if (Find(name) >= 0) throw new ArgumentException($"symbol {symbols[i]} stands twice", nameof(symbols));
            _names[i] = name;
            var slot = Hash(name) & _mask;
            while (_slots[slot] >= 0) slot = (slot + 1) & _mask;
            _slots[slot] = i;
        }
    }

    /// <summary>The symbol's index, or -1.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        for (var slot = Hash(name) & _mask; ; slot = (slot + 1) & _mask)
        {
            var index = _slots[slot];
            if (index < 0) return -1;
            if (name.SequenceEqual(_names[index])) return index;
        }
    }

    private static int Hash(ReadOnlySpan<byte> name)
    {
        ulong hash;
        if (name.Length >= 8)
        {
            hash = BinaryPrimitives.ReadUInt64LittleEndian(name) ^ (BinaryPrimitives.ReadUInt64LittleEndian(name[^8..]) * 31);
        }
        else
        {
            hash = 0;
            foreach (var b in name) hash = (hash << 8) | b;
        }
        return (int)((hash ^ (ulong)name.Length) * 0x9E37_79B9_7F4A_7C15 >> 40);
    }
}
