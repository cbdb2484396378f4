using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Granary.Client.Benchmarks;

/// <summary>
/// The trades of a recorded futures capture as WebSocket frames, ready to be written. They are spelled as aggregate trades of one trade each, the event that
/// both clients take by default or by an option.
/// </summary>
internal sealed class RecordedFrames
{
    private RecordedFrames(string symbol, byte[] combined, byte[] raw, int count)
    {
        Symbol = symbol;
        Combined = combined;
        Raw = raw;
        Count = count;
    }

    /// <summary>Upper-case symbol.</summary>
    public string Symbol { get; }

    /// <summary>All frames in the form of /stream, {"stream":...,"data":...}, one after another.</summary>
    public byte[] Combined { get; }

    /// <summary>All frames in the form of /ws.</summary>
    public byte[] Raw { get; }

    /// <summary>How many frames each of the two holds.</summary>
    public int Count { get; }

    /// <summary>Reads a capture of "receive time, blank, JSON" lines.</summary>
    public static RecordedFrames Load(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        using MemoryStream combined = new(), raw = new();
        var (symbol, count) = ("", 0);
        while (reader.ReadLine() is { } line)
        {
            if (!line.Contains("@trade\"", StringComparison.Ordinal)) continue;
            using var document = JsonDocument.Parse(line[(line.IndexOf(' ') + 1)..]);
            var data = document.RootElement.GetProperty("data");
            symbol = data.GetProperty("s").GetString()!;
            var id = data.GetProperty("t").GetInt64();
            var maker = data.GetProperty("m").GetBoolean() ? "true" : "false";
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"e\":\"aggTrade\",\"E\":{data.GetProperty("E")},\"s\":\"{symbol}\",\"a\":{id},\"p\":\"{data.GetProperty("p")}\",\"q\":\"{data.GetProperty("q")}\","
                + $"\"f\":{id},\"l\":{id},\"T\":{data.GetProperty("T")},\"m\":{maker}}}");
            Write(raw, text);
            Write(combined, $"{{\"stream\":\"{symbol.ToLowerInvariant()}@aggTrade\",\"data\":{text}}}");
            count++;
        }
        if (count == 0) throw new InvalidDataException($"{path} holds no trade of a futures market");
        return new RecordedFrames(symbol, combined.ToArray(), raw.ToArray(), count);
    }

    /// <summary>An unmasked text frame, as a server sends it.</summary>
    public static void Write(Stream stream, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length < 126) stream.Write([0x81, (byte)bytes.Length]);
        else stream.Write([0x81, 126, (byte)(bytes.Length >> 8), (byte)bytes.Length]);
        stream.Write(bytes);
    }
}
