using System.Text;

namespace Granary.Tape.Rows;

/// <summary>Symbols of rows as strings, each made once while rows of one symbol follow each other.</summary>
/// <param name="fallback">The symbol of rows that have none.</param>
internal sealed class SymbolNames(string fallback)
{
    private const int LengthMax = 32;

    private byte[] _bytes = [];
    private string _name = "";

    public string Fallback => fallback;

    public bool TryGet(ReadOnlySpan<byte> text, out string name)
    {
        name = _name;
        if (text.SequenceEqual(_bytes)) return _bytes.Length > 0;
        if (text.IsEmpty || text.Length > LengthMax || text.ContainsAnyExcept(Allowed)) return false;
        _bytes = text.ToArray();
        name = _name = Encoding.ASCII.GetString(text);
        return true;
    }

    private static readonly System.Buffers.SearchValues<byte> Allowed =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"u8);
}
