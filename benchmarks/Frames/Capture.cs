using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Granary.Engine.Book;

namespace Granary.Frames;

/// <summary>The frames of a recorded futures capture in memory, each in the combined-stream form and in the raw one.</summary>
internal sealed class Capture
{
    private Capture(BookSnapshot snapshot) => Snapshot = snapshot;

    /// <summary>The book that the depth frames start from.</summary>
    public BookSnapshot Snapshot { get; }

    /// <summary>By stream kind (trade, bookTicker, depth): the frames as {"stream":...,"data":...}.</summary>
    public SortedDictionary<string, List<byte[]>> Combined { get; } = new(StringComparer.Ordinal);

    /// <summary>The same without the wrapper.</summary>
    public SortedDictionary<string, List<byte[]>> Raw { get; } = new(StringComparer.Ordinal);

    public static Capture Load(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var lines = new List<string>();
        BookSnapshot? snapshot = null;
        while (reader.ReadLine() is { } line)
        {
            line = line[(line.IndexOf(' ') + 1)..];
            if (line.Contains("\"lastUpdateId\"", StringComparison.Ordinal)) snapshot ??= ReadSnapshot(line);
            else lines.Add(line);
        }
        var capture = new Capture(snapshot ?? throw new InvalidDataException($"{path} holds no depth snapshot"));
        foreach (var line in lines)
        {
            var stream = line[(line.IndexOf('@') + 1)..line.IndexOf('"', 11)];
            var kind = stream.Split('@')[0];
            var data = line[(line.IndexOf("\"data\":", StringComparison.Ordinal) + 7)..^1];
            Add(capture.Combined, kind, line);
            Add(capture.Raw, kind, data);
        }
        return capture;
    }

    private static void Add(SortedDictionary<string, List<byte[]>> frames, string kind, string text)
    {
        if (!frames.TryGetValue(kind, out var list)) frames[kind] = list = [];
        list.Add(Encoding.UTF8.GetBytes(text));
    }

    private static BookSnapshot ReadSnapshot(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        return new BookSnapshot(root.GetProperty("lastUpdateId").GetInt64(), 0, Side(root, "bids"), Side(root, "asks"), 1000);
    }

    private static List<BookLevel> Side(JsonElement root, string name) =>
        [.. root.GetProperty(name).EnumerateArray().Select(level => new BookLevel(E8(level[0]), E8(level[1])))];

    private static long E8(JsonElement number) =>
        Engine.Market.Fixed8.TryParse(Encoding.UTF8.GetBytes(number.GetString()!), out var e8) ? e8 : throw new InvalidDataException($"{number} is no number");
}
