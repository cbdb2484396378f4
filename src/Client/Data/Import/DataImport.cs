using Granary.Engine.Market;
using Granary.Tape;
using Granary.Tape.Columnar;

namespace Granary.Client.Data.Import;

/// <summary>Turns public market data files into daily tapes (<see cref="DailyTapes"/>), the same that a silo records.</summary>
/// <param name="options">What is imported, and how.</param>
/// <param name="progress">Told what is read and the share of all.</param>
/// <param name="cancellationToken">Ends the import; days under way are given up.</param>
public sealed class DataImport(ImportOptions options, Action<string, double> progress, CancellationToken cancellationToken)
{
    private static readonly TapeOptions Reading = new() { Checks = TapeChecks.Lenient, QuotedMax = FindingLog.PlacesMax };

    private readonly ImportTargets _targets = new(options.Folder, options.Replaces);
    private readonly List<ImportedPart> _parts = [];
    private (int Done, int Of, string Name) _at;

    private delegate string SymbolOf<TRow>(in TRow row);

    /// <summary>Imports files; a file that cannot be read does not keep the others from it.</summary>
    /// <param name="files">The files.</param>
    /// <exception cref="OperationCanceledException">The import was ended; tapes written so far are whole.</exception>
    public ImportResult Run(IReadOnlyList<string> files)
    {
        using (_targets)
        {
            for (var i = 0; i < files.Count; i++)
            {
                _at = (i, files.Count, Path.GetFileName(files[i]));
                ImportFile(files[i]);
            }
            _targets.Commit();
            return new ImportResult(_parts, [.. _targets.Changes]);
        }
    }

    private void ImportFile(string file)
    {
        try
        {
            var parts = TapePart.Of(file);
            if (parts.Count == 0) throw new TapeException(file, 0, "", TapeDefect.LayoutUnknown, "the archive holds no csv");
            foreach (var part in parts) ImportPart(part);
        }
        catch (TapeException error)
        {
            _parts.Add(new ImportedPart(new TapePart(file, null)) { Error = error.Message });
        }
    }

    private void ImportPart(TapePart part)
    {
        var imported = new ImportedPart(part);
        _parts.Add(imported);
        try
        {
            Import(imported);
        }
        catch (Exception error) when (error is TapeException or IOException or UnauthorizedAccessException)
        {
            imported.Error = error.Message;
            // What a damaged file gave of its last day may be half of it.
            _targets.Abandon(imported);
        }
    }

    private void Import(ImportedPart imported)
    {
        var part = imported.Part;
        if (part.Kind is not null) throw Wrong(part, "the file is a columnar tape already; copy it, or import what it was made from");
        var layout = options.Layout ?? part.FindLayout();
        var reading = Reading with { Layout = layout, Member = part.Member };
        if (options.Kind is { } kind && kind != KindOf(layout) && !(kind == ImportKind.AggTrades && layout == TapeLayout.Trades))
            throw Wrong(part, $"the file has the layout {layout}, which does not become {DataText.Name(kind)}; leave --kind out, or name files of that kind");
        switch (layout)
        {
            case TapeLayout.Trades when options.Kind != ImportKind.AggTrades:
                Import(imported, new SingleTradeReader(part.Path, reading), DailyKinds.Trades);
                break;
            case TapeLayout.AggTrades or TapeLayout.Trades:
                Import(imported, new AggTradeReader(part.Path, reading), DailyKinds.AggTrades);
                break;
            case TapeLayout.BookTickers:
                Import(imported, new BookTickerReader(part.Path, reading), DailyKinds.BookTickers);
                break;
            case TapeLayout.FundingRates:
                Import(
                    imported, new FundingReader(part.Path, reading), _ => DailyKinds.FundingRates, static row => row.Funding, static (in FundingRow row) => row.Symbol);
                break;
            default:
                Import(
                    imported, new KlineReader(part.Path, reading), first => DailyKinds.Klines(layout, StepOf(part, first)), static row => row.Kline,
                    static (in KlineRow row) => row.Symbol);
                break;
        }
    }

    private void Import<TRow>(ImportedPart imported, RowReader<TRow> reader, DailyKind<TRow> kind)
        where TRow : struct
    {
        var symbol = options.Symbol ?? reader.Symbol;
        imported.Kind = kind.Name;
        Read(imported, reader, rows => _targets.Add(symbol, kind, rows, imported));
    }

    /// <summary>Rows that say themselves whose they are, in runs of one symbol.</summary>
    private void Import<TRow, TTape>(
        ImportedPart imported, RowReader<TRow> reader, Func<(TRow First, long StepMs), DailyKind<TTape>> kindOf, Func<TRow, TTape> toTape, SymbolOf<TRow> symbolOf)
        where TRow : struct
        where TTape : struct
    {
        DailyKind<TTape>? kind = null;
        var tape = new TTape[RowReader<TRow>.BlockRows];
        Read(imported, reader, rows =>
        {
            kind ??= kindOf((rows[0], reader.StepMs));
            imported.Kind = kind.Name;
            for (var (start, end) = (0, 0); start < rows.Length; start = end)
            {
                var symbol = options.Symbol ?? symbolOf(rows[start]);
                var count = 0;
                for (end = start; end < rows.Length && (options.Symbol ?? symbolOf(rows[end])) == symbol; end++) tape[count++] = toTape(rows[end]);
                _targets.Add(symbol, kind, tape.AsSpan(0, count), imported);
            }
        });
    }

    private void Read<TRow>(ImportedPart imported, RowReader<TRow> reader, Block<TRow> take)
        where TRow : struct
    {
        using (reader)
        {
            try
            {
                while (reader.TryReadBlock(out var rows))
                {
                    take(rows);
                    progress(_at.Name, (_at.Done + reader.Progress) / _at.Of);
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
            finally
            {
                (imported.Rows, imported.Invalid, imported.Offences) = (reader.Report.Rows, reader.Report.Skipped, [.. reader.Report.Offences]);
            }
        }
    }

    // A file of one candle has no step; the candle's own length tells it then.
    private static long StepOf(TapePart part, (KlineRow Row, long StepMs) first)
    {
        var step = first.StepMs > 0 ? first.StepMs : first.Row.Kline.CloseTimeMs - first.Row.Kline.OpenTimeMs + 1;
        return step > 1 ? step : throw Wrong(part, "the interval of the candles cannot be told from a single one without a close time; import a longer file");
    }

    private static ImportKind KindOf(TapeLayout layout) => layout switch
    {
        TapeLayout.AggTrades => ImportKind.AggTrades,
        TapeLayout.Trades => ImportKind.Trades,
        TapeLayout.FundingRates => ImportKind.FundingRates,
        TapeLayout.BookTickers => ImportKind.BookTickers,
        _ => ImportKind.Klines,
    };

    private static TapeException Wrong(TapePart part, string message) => new(part.Name, 0, "", TapeDefect.LayoutUnknown, message);

    private delegate void Block<TRow>(ReadOnlySpan<TRow> rows);
}
