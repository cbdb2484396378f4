using Granary.Engine.Market;

namespace Granary.Tape;

/// <summary>Trade tapes as sequences.</summary>
public static class AggTradeTape
{
    /// <summary>Reads a tape while it is enumerated (<see cref="AggTradeSource"/>); enumerating again reads the file again.</summary>
    /// <param name="path">The file: csv, csv.gz, zip with one csv, or a columnar tape of trades, told apart by its first bytes.</param>
    /// <param name="options">How to read; null for strict defaults.</param>
    /// <exception cref="TapeException">The file or, with <see cref="TapeChecks.Strict"/>, a row is wrong; thrown while enumerating.</exception>
    public static IEnumerable<AggTrade> Read(string path, TapeOptions? options = null)
    {
        // A tape has its kind from its header; the member of an archive is the reader's to find.
        var part = Columnar.ColumnarTape.Describe(path) is var (kind, symbol) ? new TapePart(path, null) { Kind = kind, Symbol = symbol } : new TapePart(path, options?.Member);
        using var source = new AggTradeSource(part, options);
        var block = new AggTrade[RowReader<AggTrade>.BlockRows];
        while (Next(source, ref block, out var count))
        {
            for (var i = 0; i < count; i++) yield return block[i];
        }
    }

    // An iterator cannot hold a span.
    private static bool Next(AggTradeSource source, ref AggTrade[] block, out int count)
    {
        var isRead = source.TryReadBlock(out var trades);
        count = trades.Length;
        if (count > block.Length) block = new AggTrade[count];
        trades.CopyTo(block);
        return isRead;
    }
}
