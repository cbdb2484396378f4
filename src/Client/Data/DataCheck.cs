using Granary.Client.Data.Checks;
using Granary.Client.Views;
using Granary.Tape;
using Granary.Tape.Columnar;

namespace Granary.Client.Data;

/// <summary>Checks market data files.</summary>
public static class DataCheck
{
    /// <summary>The layout's name of captures.</summary>
    public const string Capture = "Capture";

    /// <summary>Checks files; a folder stands for the csv, gz, zip and tape files in it and below, in the order of their names.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="layout">The layout, when files do not tell it; null to find it.</param>
    /// <param name="progress">Told what is read and the share of all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What was found, a report for each csv.</returns>
    public static List<PartReport> Run(IEnumerable<string> paths, TapeLayout? layout, Action<string, double> progress, CancellationToken cancellationToken)
    {
        var reports = new List<PartReport>();
        var files = DataPaths.Expand(paths).ToList();
        for (var i = 0; i < files.Count; i++)
        {
            var (file, done) = (files[i], i);
            reports.AddRange(RunFile(file, layout, share => progress(Path.GetFileName(file), (done + share) / files.Count), cancellationToken));
        }
        return SeriesCheck.Run(reports);
    }

    private static List<PartReport> RunFile(string file, TapeLayout? layout, Action<double> progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<TapePart> parts;
        try
        {
            parts = TapePart.Of(file);
        }
        catch (TapeException error)
        {
            return [new PartReport(new TapePart(file, null)) { Error = error.Message }];
        }
        if (parts.Count == 0) return [new PartReport(new TapePart(file, null)) { Error = $"{file}: the archive holds no csv" }];
        return ArchiveCheck.Run([.. parts.Select(p => RunPart(p, layout, progress, cancellationToken))]);
    }

    private static PartReport RunPart(TapePart part, TapeLayout? wanted, Action<double> progress, CancellationToken cancellationToken)
    {
        if (part.Kind is not null) return RunTape(part, progress, cancellationToken);
        try
        {
            var layout = wanted ?? part.FindLayout();
            var (log, summary, step) = (new FindingLog(), new PartSummary(), new StepNote());
            var met = PartScan.Run(part, layout, [step, summary, CheckOf(layout, log)], progress, cancellationToken);
            return Report(part, layout.ToString(), summary, met, log) with { StepMs = layout is TapeLayout.Klines or TapeLayout.Ohlcv or TapeLayout.Ohlc ? step.StepMs : 0 };
        }
        catch (TapeException error) when (error.Defect == TapeDefect.LayoutUnknown && wanted is null && part.Member is null)
        {
            return RunCapture(part, error, cancellationToken);
        }
        catch (TapeException error)
        {
            return new PartReport(part) { Error = error.Message };
        }
    }

    private static PartReport RunTape(TapePart part, Action<double> progress, CancellationToken cancellationToken)
    {
        try
        {
            var (log, summary, step) = (new FindingLog(), new PartSummary(), new StepNote());
            var met = PartScan.RunTape(part, [step, summary, CheckOf(TapeText.LayoutOf(part), log)], progress, cancellationToken);
            if (met.SkippedBlocks > 0) log.Set(FindingKind.BlockDamaged, met.SkippedBlocks, $"{Format.Count(met.SkippedRows)} rows lost", met.Faults.Select(f => new FindingPlace(0, f)));
            if (met.TornBytes > 0) log.Add(FindingKind.TapeUnfinished, 0, $"{Format.Count(met.TornBytes)} bytes behind the last whole block");
            return new PartReport(part)
            {
                Layout = TapeText.Of(part),
                Summary = summary,
                Findings = [.. log.Findings],
                StepMs = part.Kind == TapeKind.Klines ? step.StepMs : 0,
            };
        }
        catch (TapeException error)
        {
            return new PartReport(part) { Error = error.Message };
        }
    }

    private static PartReport RunCapture(TapePart part, TapeException noCsv, CancellationToken cancellationToken)
    {
        try
        {
            var (log, summary) = (new FindingLog(), new PartSummary());
            var met = PartScan.RunCapture(part.Path, [summary, new CaptureCheck(log)], cancellationToken);
            return met.Rows == 0 ? new PartReport(part) { Error = noCsv.Message } : Report(part, Capture, summary, met, log);
        }
        catch (TapeException error)
        {
            // Most likely it is no capture either.
            return new PartReport(part) { Error = error.Defect.IsOfFile() && error.Defect != TapeDefect.LineTooLong ? error.Message : noCsv.Message };
        }
    }

    private static PartReport Report(TapePart part, string layout, PartSummary summary, TapeReport met, FindingLog log)
    {
        foreach (var offence in met.Offences)
        {
            var kind = offence.Defect == TapeDefect.TimeBackwards ? FindingKind.TimeReversed : FindingKind.RowInvalid;
            log.Add(kind, offence.Line, $"{offence.Defect}{(offence.Field.Length > 0 ? " of " + offence.Field : "")}: {offence.Text}");
        }
        var reversed = met.Count(TapeDefect.TimeBackwards);
        if (met.Skipped > 0) log.Raise(FindingKind.RowInvalid, met.Skipped);
        if (reversed > 0) log.Raise(FindingKind.TimeReversed, reversed);
        return new PartReport(part) { Layout = layout, Summary = summary, Findings = [.. log.Findings] };
    }

    private static RowVisitor CheckOf(TapeLayout? layout, FindingLog log) => layout switch
    {
        null => new MarkPriceCheck(log),
        TapeLayout.AggTrades or TapeLayout.Trades => new TradeCheck(log),
        TapeLayout.FundingRates => new FundingCheck(log),
        TapeLayout.BookTickers => new BookTickerCheck(log),
        _ => new KlineCheck(log, layout.Value),
    };

    private sealed class StepNote : RowVisitor
    {
        public long StepMs { get; private set; }

        public override void Begin(long stepMs) => StepMs = stepMs;
    }
}
