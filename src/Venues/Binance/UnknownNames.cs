using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace Granary.Venues.Binance;

/// <summary>
/// Counts fields and values that the client does not know, by name: bounded, from any thread, and without allocating for a name that was counted before.
/// </summary>
internal sealed class UnknownNames
{
    /// <summary>Most names; further ones count under "(other)".</summary>
    public const int NamesMax = 64;

    private const string Other = "(other)";
    private const int PartMax = 48;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private long _total;

    /// <summary>Nothing counted yet.</summary>
    public UnknownNames() => _lookup = _counts.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>All of them.</summary>
    public long Total => Interlocked.Read(ref _total);

    /// <summary>By name, sorted.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> ToList()
    {
        lock (_gate) return [.. _counts.OrderBy(static pair => pair.Key, StringComparer.Ordinal)];
    }

    /// <summary>Counts a field: "scope.name".</summary>
    public void CountField(string scope, ReadOnlySpan<byte> name)
    {
        Span<char> text = stackalloc char[Math.Min(name.Length, PartMax)];
        for (var i = 0; i < text.Length; i++) text[i] = Printable((char)name[i]);
        Count(scope, '.', text);
    }

    /// <summary>Counts a field: "scope.name".</summary>
    public void CountField(string scope, ReadOnlySpan<char> name)
    {
        Span<char> text = stackalloc char[Math.Min(name.Length, PartMax)];
        for (var i = 0; i < text.Length; i++) text[i] = Printable(name[i]);
        Count(scope, '.', text);
    }

    /// <summary>Counts a value of a field: "field=value".</summary>
    public void CountValue(string field, ReadOnlySpan<char> value)
    {
        Span<char> text = stackalloc char[Math.Min(value.Length, PartMax)];
        for (var i = 0; i < text.Length; i++) text[i] = Printable(value[i]);
        Count(field, '=', text);
    }

    /// <summary>Counts a value of a field that is none of the words; an empty one is no value.</summary>
    public void CountUnless(FrozenSet<string> words, string field, ReadOnlySpan<char> value)
    {
        if (!value.IsEmpty && !words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(value)) CountValue(field, value);
    }

    private void Count(ReadOnlySpan<char> scope, char separator, ReadOnlySpan<char> name)
    {
        Span<char> text = stackalloc char[(2 * PartMax) + 1];
        scope = scope[..Math.Min(scope.Length, PartMax)];
        scope.CopyTo(text);
        text[scope.Length] = separator;
        name.CopyTo(text[(scope.Length + 1)..]);
        ReadOnlySpan<char> key = text[..(scope.Length + 1 + name.Length)];
        Interlocked.Increment(ref _total);
        lock (_gate)
        {
            if (_counts.Count >= NamesMax && !_lookup.ContainsKey(key)) key = Other;
            CollectionsMarshal.GetValueRefOrAddDefault(_lookup, key, out _)++;
        }
    }

    // The text is of the venue and goes into logs and metrics.
    private static char Printable(char c) => c is >= ' ' and < '\x7F' ? c : '?';
}
