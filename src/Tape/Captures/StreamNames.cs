using System.Text;

namespace Granary.Tape.Captures;

/// <summary>The names of the streams met, so that equal ones are one string; beyond 256 names each is a new string.</summary>
internal sealed class StreamNames
{
    private const int NamesMax = 256;

    private readonly List<(byte[] Utf8, string Name)> _names = [];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        foreach (var (known, name) in _names)
        {
            if (utf8.SequenceEqual(known)) return name;
        }
        var added = Encoding.UTF8.GetString(utf8);
        if (_names.Count < NamesMax) _names.Add((utf8.ToArray(), added));
        return added;
    }

    public static CaptureKind KindOf(string stream)
    {
        var name = stream.AsSpan(stream.IndexOf('@') + 1);
        var end = name.IndexOf('@');
        return (end < 0 ? name : name[..end]) switch
        {
            "trade" => CaptureKind.Trade,
            "aggTrade" => CaptureKind.AggTrade,
            "bookTicker" => CaptureKind.BookTicker,
            "depth" => CaptureKind.DepthUpdate,
            "markPrice" => CaptureKind.MarkPrice,
            _ => CaptureKind.Other,
        };
    }
}
