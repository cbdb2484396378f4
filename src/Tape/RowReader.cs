using Granary.Tape.Files;
using Granary.Tape.Rows;

namespace Granary.Tape;

/// <summary>
/// Reads the rows of a public market data file in blocks: csv, csv.gz or a csv in a zip, with header (columns by name) or without (by the shape of the
/// rows), lines ending in \n or \r\n. Times are in seconds, milliseconds, microseconds or nanoseconds, told by the digits of most of the first rows (10, 13,
/// 16, 19); a row with another unit is wrong. Memory is bounded by one block of text whatever the file's size; nothing is allocated per row of numbers.
/// </summary>
/// <remarks>
/// Wrong rows are left out and reported with <see cref="TapeChecks.Lenient"/>; with <see cref="TapeChecks.Strict"/> the rows before a wrong one are still
/// given out, and the call after that throws. Empty lines at the end of a file are no rows; before a row they are a defect.
/// </remarks>
/// <typeparam name="TRow">What a row becomes.</typeparam>
public abstract class RowReader<TRow> : IDisposable
{
    /// <summary>Rows of a block of <see cref="TryReadBlock"/>.</summary>
    public const int BlockRows = 4_096;

    private const int LookAheadRows = 256;

    private readonly TapeOptions _options;
    private readonly RowBlocks _rows;
    private readonly RowFormat<TRow> _format;
    private TRow[]? _block;
    private TapeException? _failure;
    private bool _isFirstRowPending;

    /// <summary>Opens the file and reads its first block.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <exception cref="TapeException">The file is missing, unreadable, damaged, empty, or of no layout that this reader reads.</exception>
    private protected RowReader(string path, TapeOptions? options, params TapeLayout[] readable)
    {
        _options = options ?? new TapeOptions();
        _options.Validate();
        Symbol = TapePart.SymbolOf(_options.Member ?? path);
        _rows = new RowBlocks(TapeFile.Open(path, _options.Member));
        try
        {
            var columns = LayoutFinder.Read(_rows, _options.Layout, out _isFirstRowPending);
            if (!readable.Contains(columns.Layout))
            {
                throw new TapeException(
                    File, 1, "", TapeDefect.LayoutUnknown,
                    $"the file has the layout {columns.Layout}; expected {string.Join(" or ", readable)}: use the reader of that layout, or name the layout");
            }
            _format = CreateFormat(columns, LookAhead(columns), _options);
        }
        catch
        {
            _rows.Dispose();
            throw;
        }
    }

    /// <summary>The layout found.</summary>
    public TapeLayout Layout => _format.Columns.Layout;

    /// <summary>The file; with an archive, "archive!member".</summary>
    public string File => _rows.FileName;

    /// <summary>The symbol in the file's name (<see cref="TapePart.Symbol"/>), or empty.</summary>
    public string Symbol { get; }

    /// <summary>Number of the line read last, from 1.</summary>
    public long Line => _rows.Number;

    /// <summary>How much of the file was read, 0 to 1.</summary>
    public double Progress => _rows.Progress;

    /// <summary>The smallest step between the times of the first rows, milliseconds: of candles, their interval; 0 when there is none.</summary>
    public long StepMs { get; private set; }

    /// <summary>What was met so far.</summary>
    public TapeReport Report { get; } = new();

    /// <summary>Reads the next rows.</summary>
    /// <param name="rows">Receives them.</param>
    /// <returns>How many; 0 at the end of the file.</returns>
    /// <exception cref="TapeException">The file is damaged or without any row; with <see cref="TapeChecks.Strict"/> also any wrong row.</exception>
    public int Read(Span<TRow> rows) => Read(rows, default);

    /// <summary>Reads the next rows and where they stand.</summary>
    /// <param name="rows">Receives them.</param>
    /// <param name="lines">Receives the line number of each; as long as the rows, or empty for no numbers.</param>
    /// <returns>How many; 0 at the end of the file.</returns>
    /// <exception cref="ArgumentException">The line numbers have another length than the rows.</exception>
    /// <exception cref="TapeException">The file is damaged or without any row; with <see cref="TapeChecks.Strict"/> also any wrong row.</exception>
    public int Read(Span<TRow> rows, Span<long> lines)
    {
        if (!lines.IsEmpty && lines.Length != rows.Length) throw new ArgumentException("one line number for each row, or none", nameof(lines));
        if (_failure is not null) throw _failure;
        var count = 0;
        try
        {
            while (count < rows.Length && NextLine())
            {
                var defect = _format.Parse(_rows, out rows[count]);
                if (defect == RowFormat<TRow>.Fine && _options.ComparesRows) defect = _format.Compare(rows[count], Report);
                if (defect != RowFormat<TRow>.Fine)
                {
                    Reject(defect);
                    continue;
                }
                if (!lines.IsEmpty) lines[count] = _rows.Number;
                count++;
            }
        }
        catch (TapeException error) when (count > 0)
        {
            _failure = error;
        }
        Report.Rows += count;
        if (count == 0 && !rows.IsEmpty && Report.Rows == 0 && Report.Skipped == 0)
            throw new TapeException(File, 0, "", TapeDefect.FileEmpty, "the file has a header and no row; download it again");
        return count;
    }

    /// <summary>Reads the next rows into memory of the reader, at most <see cref="BlockRows"/>; they are overwritten by the next call.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="TapeException">As <see cref="Read(Span{TRow})"/>.</exception>
    public bool TryReadBlock(out ReadOnlySpan<TRow> rows)
    {
        _block ??= new TRow[BlockRows];
        rows = _block.AsSpan(0, Read(_block));
        return !rows.IsEmpty;
    }

    /// <summary>Reads the next row.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="TapeException">As <see cref="Read(Span{TRow})"/>.</exception>
    public bool TryRead(out TRow row)
    {
        row = default!;
        return Read(new Span<TRow>(ref row)) == 1;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _rows.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected abstract RowFormat<TRow> CreateFormat(Columns columns, TimeUnit unit, TapeOptions options);

    // The unit of the times and their step, from the rows that are in memory already; then back to the first.
    private TimeUnit LookAhead(Columns columns)
    {
        var place = columns.Places[TimeColumnOf(columns.Layout)];
        var votes = new int[20];
        var (best, before, looked) = (TimeUnit.None, 0L, 0);
        var number = _rows.Number;
        do
        {
            if (_rows.ColumnCount != columns.Count) continue;
            var unit = Fields.ParseTimeMs(_rows.Field(place), out var time);
            if (unit == TimeUnit.None) continue;
            if (++votes[(int)unit] > votes[(int)best] || best == TimeUnit.None) best = unit;
            if (before > 0 && time > before && (StepMs == 0 || time - before < StepMs)) StepMs = time - before;
            before = time;
        }
        while (looked++ < LookAheadRows && _rows.TryNextInBlock());
        _rows.Rewind();
        while (_rows.Number < number) _rows.TryNextInBlock();
        return best == TimeUnit.None ? TimeUnit.Milliseconds : best;
    }

    private static int TimeColumnOf(TapeLayout layout) => layout switch
    {
        TapeLayout.AggTrades => 5,
        TapeLayout.Trades => 4,
        TapeLayout.BookTickers => 5,
        _ => 1,
    };

    private bool NextLine()
    {
        if (_isFirstRowPending) _isFirstRowPending = false;
        else if (!_rows.TryNext()) return false;
        return !_rows.IsBlank || SkipBlankLines();
    }

    // Empty lines at the very end are no rows; one before another row is.
    private bool SkipBlankLines()
    {
        var blank = _rows.Number;
        while (_rows.TryNext())
        {
            if (_rows.IsBlank) continue;
            if (_options.Checks == TapeChecks.Strict)
                throw new TapeException(File, blank, "", TapeDefect.BlankLine, "an empty line stands between rows; the file was edited or joined wrongly");
            Report.Skip(new TapeOffence(blank, "", TapeDefect.BlankLine, ""), _options.QuotedMax);
            return true;
        }
        return false;
    }

    private void Reject(TapeDefect defect)
    {
        var column = _format.DefectColumn;
        var field = _format.Columns.NameOf(column);
        if (_options.Checks == TapeChecks.Lenient)
        {
            Report.Skip(new TapeOffence(_rows.Number, field, defect, Report.IsFull(_options.QuotedMax) ? "" : Quotation.Of(_rows.Line, 200)), _options.QuotedMax);
            return;
        }
        var text = Quotation.Of(column < 0 ? _rows.Line : _rows.Field(column), 60);
        throw new TapeException(File, _rows.Number, field, defect, _format.Describe(defect, text));
    }
}
