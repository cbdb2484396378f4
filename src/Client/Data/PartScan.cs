using Granary.Engine.Market;
using Granary.Tape;
using Granary.Tape.Columnar;

namespace Granary.Client.Data;

/// <summary>Reads one file from end to end, leniently and without comparing rows, and shows every row to visitors.</summary>
public static class PartScan
{
    private const int BlockRows = 4_096, StepRows = 64, CaptureFramesPerLook = 4_096;

    private static readonly TapeOptions Options = new() { Checks = TapeChecks.Lenient, ComparesRows = false, QuotedMax = FindingLog.PlacesMax };

    /// <summary>Reads the rows of a csv.</summary>
    /// <param name="part">The file or member.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="visitors">Who looks at the rows.</param>
    /// <param name="progress">Told the share of the file that was read, 0 to 1.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What the reader met.</returns>
    /// <exception cref="TapeException">The file is missing, unreadable, damaged or empty.</exception>
    public static TapeReport Run(TapePart part, TapeLayout layout, IReadOnlyList<RowVisitor> visitors, Action<double> progress, CancellationToken cancellationToken)
    {
        var options = Options with { Layout = layout, Member = part.Member };
        switch (layout)
        {
            case TapeLayout.AggTrades or TapeLayout.Trades:
                return Run(new AggTradeReader(part.Path, options), static (RowVisitor v, in AggTrade row, long line) => v.Visit(row, line), visitors, progress, cancellationToken);
            case TapeLayout.FundingRates:
                return Run(new FundingReader(part.Path, options), static (RowVisitor v, in FundingRow row, long line) => v.Visit(row, line), visitors, progress, cancellationToken);
            case TapeLayout.BookTickers:
                return Run(new BookTickerReader(part.Path, options), static (RowVisitor v, in BookTicker row, long line) => v.Visit(row, line), visitors, progress, cancellationToken);
            default:
                return Run(new KlineReader(part.Path, options), static (RowVisitor v, in KlineRow row, long line) => v.Visit(row, line), visitors, progress, cancellationToken);
        }
    }

    /// <summary>Reads the rows of a columnar tape; a row's line is its number in the tape, from 1. Damaged blocks are left out.</summary>
    /// <param name="part">The tape.</param>
    /// <param name="visitors">Who looks at the rows.</param>
    /// <param name="progress">Told the share of the file that was read, 0 to 1.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What the reader met.</returns>
    /// <exception cref="TapeException">The file is missing, unreadable, or no columnar tape.</exception>
    public static ColumnarReport RunTape(TapePart part, IReadOnlyList<RowVisitor> visitors, Action<double> progress, CancellationToken cancellationToken)
    {
        var symbol = part.Symbol;
        return part.Kind switch
        {
            TapeKind.AggTrades => RunTape<AggTrade>(part, t => t.TimeMs, static (RowVisitor v, in AggTrade row, long line) => v.Visit(row, line), visitors, progress, cancellationToken),
            TapeKind.Trades => RunTape<SingleTrade>(part, t => t.TimeMs, static (RowVisitor v, in SingleTrade row, long line) => v.Visit(row.ToAggTrade(), line), visitors, progress, cancellationToken),
            TapeKind.Klines => RunTape<Kline>(part, k => k.OpenTimeMs, (RowVisitor v, in Kline row, long line) => v.Visit(new KlineRow(symbol, row), line), visitors, progress, cancellationToken),
            TapeKind.FundingRates => RunTape<FundingRate>(
                part, f => f.TimeMs, (RowVisitor v, in FundingRate row, long line) => v.Visit(new FundingRow(symbol, null, row), line), visitors, progress, cancellationToken),
            TapeKind.BookTickers => RunTape<BookTicker>(part, t => t.TimeMs, static (RowVisitor v, in BookTicker row, long line) => v.Visit(row, line), visitors, progress, cancellationToken),
            TapeKind.MarkPrices => RunTape<MarkPrice>(part, m => m.TimeMs, static (RowVisitor v, in MarkPrice row, long line) => v.Visit(row, line), visitors, progress, cancellationToken),
            _ => throw new TapeException(part.Path, 0, "", TapeDefect.LayoutUnknown, $"the tape holds {part.Kind}, which this version does not know; use a newer Granary"),
        };
    }

    /// <summary>Reads the messages of a capture; as <see cref="Run(TapePart, TapeLayout, IReadOnlyList{RowVisitor}, Action{double}, CancellationToken)"/>.</summary>
    public static TapeReport RunCapture(string path, IReadOnlyList<RowVisitor> visitors, CancellationToken cancellationToken)
    {
        var report = new TapeReport();
        long frames = 0;
        foreach (var frame in SocketCapture.Read(path, Options, report))
        {
            foreach (var visitor in visitors) visitor.Visit(frame);
            if (++frames % CaptureFramesPerLook == 0) cancellationToken.ThrowIfCancellationRequested();
        }
        foreach (var visitor in visitors) visitor.Finish();
        return report;
    }

    private delegate void Show<TRow>(RowVisitor visitor, in TRow row, long line);

    private static ColumnarReport RunTape<TRow>(
        TapePart part, Func<TRow, long> timeMsOf, Show<TRow> show, IReadOnlyList<RowVisitor> visitors, Action<double> progress, CancellationToken cancellationToken)
        where TRow : struct
    {
        using var reader = new ColumnarReader<TRow>(part.Path, TapeChecks.Lenient);
        var (line, isBegun) = (0L, false);
        while (reader.Read(out var rows))
        {
            if (!isBegun) Begin(rows);
            foreach (var visitor in visitors)
            {
                for (var i = 0; i < rows.Length; i++) show(visitor, rows[i], line + i + 1);
            }
            line += rows.Length;
            progress(reader.Rows == 0 ? 1 : (double)line / reader.Rows);
            cancellationToken.ThrowIfCancellationRequested();
        }
        foreach (var visitor in visitors) visitor.Finish();
        return reader.Report;

        // As the reader of csv has it: the smallest step between the first rows.
        void Begin(ReadOnlySpan<TRow> rows)
        {
            isBegun = true;
            var step = 0L;
            for (var i = 1; i < Math.Min(rows.Length, StepRows); i++)
            {
                var passed = timeMsOf(rows[i]) - timeMsOf(rows[i - 1]);
                if (passed > 0 && (step == 0 || passed < step)) step = passed;
            }
            foreach (var visitor in visitors) visitor.Begin(step);
        }
    }

    private static TapeReport Run<TRow>(
        RowReader<TRow> reader, Show<TRow> show, IReadOnlyList<RowVisitor> visitors, Action<double> progress, CancellationToken cancellationToken)
    {
        using (reader)
        {
            foreach (var visitor in visitors) visitor.Begin(reader.StepMs);
            var (rows, lines) = (new TRow[BlockRows], new long[BlockRows]);
            for (int count; (count = reader.Read(rows, lines)) > 0;)
            {
                foreach (var visitor in visitors)
                {
                    for (var i = 0; i < count; i++) show(visitor, rows[i], lines[i]);
                }
                progress(reader.Progress);
                cancellationToken.ThrowIfCancellationRequested();
            }
            foreach (var visitor in visitors) visitor.Finish();
            return reader.Report;
        }
    }
}
