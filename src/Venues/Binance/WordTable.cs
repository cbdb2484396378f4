using System.Text;
using System.Text.Unicode;

namespace Granary.Venues.Binance;

/// <summary>
/// The strings of words that come again and again (symbols, assets, states), made once each. Bounded: what comes after the table is full, or is long, is made
/// anew each time, so that no venue can fill the memory with words. Not for concurrent use.
/// </summary>
internal sealed class WordTable
{
    /// <summary>Most words kept.</summary>
    public const int WordsMax = 2048;

    private const int LengthMax = 64;
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>An empty table.</summary>
    public WordTable() => _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The word; false where the bytes are not valid UTF-8.</summary>
    public bool TryGet(ReadOnlySpan<byte> utf8, out string word)
    {
        word = "";
        if (utf8.IsEmpty) return true;
        if (!Utf8.IsValid(utf8)) return false;
        if (utf8.Length > LengthMax)
        {
            word = Encoding.UTF8.GetString(utf8);
            return true;
        }
        Span<char> text = stackalloc char[LengthMax];
        text = text[..Encoding.UTF8.GetChars(utf8, text)];
        if (_lookup.TryGetValue(text, out var known))
        {
            word = known;
            return true;
        }
        word = new string(text);
        if (_words.Count < WordsMax) _words.Add(word);
        return true;
    }
}
