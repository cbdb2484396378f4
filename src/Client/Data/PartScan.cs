using Granary.Engine.Market;
using Granary.Tape;

namespace Granary.Client.Data;

/// <summary>Reads one file from end to end, leniently and without comparing rows, and shows every row to visitors.</summary>
public static class PartScan
{
    private const int BlockRows = 4_096, CaptureFramesPerLook = 4_096;

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
