using System.Globalization;
using System.IO.Compression;
using System.Text;
using Granary.Engine.Market;

namespace Granary.Grains.Tests.Support;

/// <summary>Golden trades and the actions that follow from them, from the folder beside the repository.</summary>
internal static class GoldenSignals
{
    /// <summary>The folder; null when it is absent.</summary>
    public static string? Folder { get; } = Find();

    public static AggTrade[] Trades() =>
    [
        .. Rows("inputs", "aggtrades.csv.gz").Skip(1).Select(row => new AggTrade(
            Integer(row[0]), Integer(row[5]), E8(row[1]), E8(row[2]), Integer(row[3]), (int)(Integer(row[4]) - Integer(row[3]) + 1), bool.Parse(row[6]))),
    ];

    /// <summary>The action of each bar, in order.</summary>
    public static string[] Actions()
    {
        var rows = Rows("expected", "signals.csv.gz");
        var column = Array.IndexOf(rows[0], "action");
        return [.. rows.Skip(1).Select(row => row[column])];
    }

    private static List<string[]> Rows(string folder, string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(Folder!, folder, file)), CompressionMode.Decompress));
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line) rows.Add(line.Split(','));
        return rows;
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Orleans.sln"))) continue;
            var golden = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "golden"));
            return Directory.Exists(golden) ? golden : null;
        }

        return null;
    }

    private static long Integer(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static long E8(string text) =>
        Fixed8.TryParse(Encoding.ASCII.GetBytes(text), out var e8) ? e8 : throw new InvalidDataException($"'{text}' is not a number");
}
