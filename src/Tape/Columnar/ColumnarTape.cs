namespace Granary.Tape.Columnar;

/// <summary>What is done with columnar tapes as a whole.</summary>
public static class ColumnarTape
{
    /// <summary>Extension of the files.</summary>
    public const string Extension = ".tape";

    /// <summary>Looks at the beginning of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What the tape holds; null when the file does not begin like a columnar tape, or is not there.</returns>
    /// <exception cref="TapeException">The file begins like a tape, but its header is cut off, damaged or of an unknown version; or it cannot be read.</exception>
    public static (TapeKind Kind, string Symbol)? Describe(string path)
    {
        Span<byte> bytes = stackalloc byte[TapeHeader.Bytes];
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            bytes = bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TapeException(path, 0, "", TapeDefect.FileUnreadable, $"the file cannot be read ({error.Message}); check its permissions and the disk", error);
        }
        if (!TapeHeader.IsBeginning(bytes)) return null;
        var header = TapeHeader.Read(path, bytes);
        return (header.Kind, header.Symbol);
    }

    /// <summary>Reads a tape while it is enumerated; enumerating again reads the file again.</summary>
    /// <typeparam name="TRow">AggTrade, SingleTrade, Kline, FundingRate, BookTicker or MarkPrice.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="checks">With <see cref="TapeChecks.Lenient"/> damaged blocks are left out.</param>
    /// <exception cref="TapeException">The file or, with <see cref="TapeChecks.Strict"/>, a block is wrong; thrown while enumerating.</exception>
    public static IEnumerable<TRow> Read<TRow>(string path, TapeChecks checks = TapeChecks.Strict)
        where TRow : struct
    {
        using var reader = new ColumnarReader<TRow>(path, checks);
        while (NextRows(reader) is { } rows)
        {
            foreach (var row in rows) yield return row;
        }
    }

    /// <summary>Writes the rows as a new tape.</summary>
    /// <typeparam name="TRow">AggTrade, SingleTrade, Kline, FundingRate, BookTicker or MarkPrice.</typeparam>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="symbol">The symbol; at most 40 bytes of UTF-8.</param>
    /// <param name="rows">The rows.</param>
    /// <exception cref="IOException">The file cannot be written; so also <see cref="UnauthorizedAccessException"/>.</exception>
    public static void Write<TRow>(string path, string symbol, IEnumerable<TRow> rows)
        where TRow : struct
    {
        using var writer = ColumnarWriter<TRow>.Create(path, symbol);
        foreach (var row in rows) writer.Append(row);
    }

    /// <summary>
    /// Rewrites a tape that has many small blocks, as often flushed ones have, with full ones; the rows stay the same. The new file takes the old one's place
    /// at once, so that a kill leaves one or the other. Nobody may be writing to it.
    /// </summary>
    /// <typeparam name="TRow">AggTrade, SingleTrade, Kline, FundingRate, BookTicker or MarkPrice.</typeparam>
    /// <param name="path">The file.</param>
    /// <returns>Whether it was rewritten; false when its blocks are full already.</returns>
    /// <exception cref="TapeException">The tape is damaged; it is left as it is.</exception>
    /// <exception cref="IOException">The new file cannot be written; the old one is left as it is. So also <see cref="UnauthorizedAccessException"/>.</exception>
    public static bool Compact<TRow>(string path)
        where TRow : struct
    {
        var options = new ColumnarWriterOptions();
        var half = path + ".compacting";
        using (var reader = new ColumnarReader<TRow>(path))
        {
            if (reader.Report.TornBytes == 0 && reader.Blocks <= (reader.Rows + options.BlockRows - 1) / options.BlockRows) return false;
            try
            {
                using var writer = ColumnarWriter<TRow>.Create(half, reader.Symbol, options);
                while (reader.Read(out var rows)) writer.Append(rows);
                writer.Flush(durable: true);
            }
            catch
            {
                File.Delete(half);
                throw;
            }
        }
        File.Move(half, path, overwrite: true);
        return true;
    }

    // An iterator cannot hold a span.
    private static TRow[]? NextRows<TRow>(ColumnarReader<TRow> reader)
        where TRow : struct =>
        reader.Read(out var rows) ? rows.ToArray() : null;
}
