using Granary.Tape;

namespace Granary.Client.Data;

/// <summary>What a file holds.</summary>
/// <param name="Part">The file.</param>
/// <param name="Layout">Its layout, or "Capture".</param>
/// <param name="Summary">Its figures.</param>
/// <param name="Skipped">Rows that are none.</param>
/// <param name="Tail">First and last rows.</param>
/// <param name="Kinds">Of a capture, messages by kind.</param>
public sealed record DataShow(TapePart Part, string Layout, PartSummary Summary, long Skipped, RowTail Tail, IReadOnlyDictionary<string, long> Kinds)
{
    /// <summary>Reads a file.</summary>
    /// <param name="part">The file or member.</param>
    /// <param name="layout">The layout, when the file does not tell it; null to find it.</param>
    /// <param name="rows">First and last rows to keep.</param>
    /// <param name="progress">Told the share of the file that was read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="TapeException">The file is missing, unreadable, damaged, empty or of no known layout.</exception>
    public static DataShow Read(TapePart part, TapeLayout? layout, int rows, Action<double> progress, CancellationToken cancellationToken)
    {
        var (summary, kinds) = (new PartSummary(), new KindCounts());
        if (part.Kind is not null)
        {
            var tail = new RowTail(rows, TapeText.LayoutOf(part), part.Symbol);
            var met = PartScan.RunTape(part, [summary, tail], progress, cancellationToken);
            return new DataShow(part, TapeText.Of(part), summary, met.SkippedRows, tail, kinds.Counts);
        }
        try
        {
            var found = layout ?? part.FindLayout();
            var tail = new RowTail(rows, found, part.Symbol);
            var met = PartScan.Run(part, found, [summary, tail], progress, cancellationToken);
            return new DataShow(part, found.ToString(), summary, met.Skipped, tail, kinds.Counts);
        }
        catch (TapeException error) when (error.Defect == TapeDefect.LayoutUnknown && layout is null && part.Member is null)
        {
            var tail = new RowTail(rows, null, part.Symbol);
            var met = PartScan.RunCapture(part.Path, [summary, tail, kinds], cancellationToken);
            if (met.Rows == 0) throw;
            return new DataShow(part, DataCheck.Capture, summary, met.Skipped, tail, kinds.Counts);
        }
    }

    private sealed class KindCounts : RowVisitor
    {
        public SortedDictionary<string, long> Counts { get; } = new(StringComparer.Ordinal);

        public override void Visit(in CaptureFrame frame)
        {
            var kind = frame.Kind.ToString();
            Counts[kind] = Counts.GetValueOrDefault(kind) + 1;
        }
    }
}
