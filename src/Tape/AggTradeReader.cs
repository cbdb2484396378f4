using System.Globalization;
using Granary.Engine.Market;
using Granary.Tape.Files;
using Granary.Tape.Rows;

namespace Granary.Tape;

/// <summary>
/// Reads a trade tape row by row: the layouts of <see cref="TapeLayout"/> as csv, csv.gz or a zip with one csv, with header (columns by name) or without (by
/// number of columns and shape), lines ending in \n or \r\n, times in milliseconds, microseconds or nanoseconds by their digits. Ids rise and times do not
/// fall in what it gives out. Memory is bounded by one block; nothing is allocated per row.
/// </summary>
/// <remarks>
/// A single trade (layout Trades) becomes an aggregate of one with its own id as first trade id. Where an aggTrades row leaves both trade-id columns empty,
/// the aggregate has first trade id 0 and counts as one trade. With <see cref="TapeChecks.Lenient"/> a row is compared with the last one given out; when 16
/// rows in a row agree on a price that was taken for a jump, the jump is believed.
/// </remarks>
public sealed class AggTradeReader : IDisposable
{
    private const int LineBytesMax = 1 << 16, JumpBelievedAfter = 16;

    private readonly TapeOptions _options;
    private readonly LineReader _lines;
    private readonly TradeRowParser _parser;
    private AggTrade _last;
    private bool _isFirstRowPending;
    private long _jumpPriceE8;
    private int _jumpRun;

    /// <summary>Opens the file and reads its first line.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <exception cref="TapeException">The file is missing, unreadable, damaged, empty or of no known layout.</exception>
    public AggTradeReader(string path, TapeOptions? options = null)
    {
        _options = options ?? new TapeOptions();
        _options.Validate();
        _lines = new LineReader(TapeFile.Open(path), LineBytesMax, keepsLines: false);
        try
        {
            _parser = new TradeRowParser(ReadColumns());
        }
        catch
        {
            _lines.Dispose();
            throw;
        }
    }

    /// <summary>The layout found.</summary>
    public TapeLayout Layout => _parser.Columns.Layout;

    /// <summary>The file; with an archive, "archive!member".</summary>
    public string File => _lines.FileName;

    /// <summary>Number of the line read last, from 1.</summary>
    public long Line => _lines.Number;

    /// <summary>What was met so far.</summary>
    public TapeReport Report { get; } = new();

    /// <summary>Reads the next trade.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="TapeException">The file is damaged or without any row; with <see cref="TapeChecks.Strict"/> also any wrong row.</exception>
    public bool TryRead(out AggTrade trade)
    {
        while (NextLine())
        {
            var defect = _parser.Parse(_lines.Line, out trade);
            var column = _parser.DefectColumn;
            if (defect == TradeRowParser.Fine) defect = CheckOrder(trade, out column);
            if (defect == TradeRowParser.Fine)
            {
                if (Report.Rows > 0 && trade.Id > _last.Id + 1)
                {
                    Report.IdGaps++;
                    Report.MissingIds += trade.Id - _last.Id - 1;
                }
                _last = trade;
                Report.Rows++;
                return true;
            }
            Reject(defect, column, trade);
        }
        trade = default;
        if (Report.Rows == 0 && Report.Skipped == 0)
            throw new TapeException(File, 0, "", TapeDefect.FileEmpty, "the file has a header and no row; download it again");
        return false;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _lines.Dispose();

    private TradeColumns ReadColumns()
    {
        if (!_lines.TryRead() || _lines.Line.IsEmpty)
            throw new TapeException(File, 0, "", TapeDefect.FileEmpty, "the file begins with nothing; download it again");
        var first = _lines.Line;
        if (first[0] is >= (byte)'0' and <= (byte)'9' or (byte)'-')
        {
            _isFirstRowPending = true;
            return TradeColumns.FromRow(first) ?? throw new TapeException(
                File, 1, "", TapeDefect.LayoutUnknown,
                $"'{Quotation.Of(first, 80)}' is no row of a known layout; expected aggTrades (7 or 8 columns) or trades (6 or 7 columns)");
        }
        return TradeColumns.FromHeader(first, out var fault) ?? throw new TapeException(
            File, 1, fault, TapeDefect.LayoutUnknown,
            $"the header '{Quotation.Of(first, 120)}' lacks this column or has too many; expected the columns of the public aggTrades or trades files");
    }

    private bool NextLine()
    {
        if (_isFirstRowPending)
        {
            _isFirstRowPending = false;
            return true;
        }
        if (!_lines.TryRead()) return false;
        if (_lines.Line.IsEmpty) return SkipBlankLines();
        return true;
    }

    // Empty lines at the very end are no rows; one before another row is.
    private bool SkipBlankLines()
    {
        var blank = _lines.Number;
        while (_lines.TryRead())
        {
            if (_lines.Line.IsEmpty) continue;
            if (_options.Checks == TapeChecks.Strict)
                throw new TapeException(File, blank, "", TapeDefect.BlankLine, "an empty line stands between rows; the file was edited or joined wrongly");
            Report.Skip(new TapeOffence(blank, "", TapeDefect.BlankLine, ""), _options.QuotedMax);
            return true;
        }
        return false;
    }

    private TapeDefect CheckOrder(in AggTrade trade, out int column)
    {
        column = -1;
        if (Report.Rows == 0) return TradeRowParser.Fine;
        if (trade.Id <= _last.Id)
        {
            column = _parser.Columns.Id;
            return TapeDefect.IdBackwards;
        }
        if (trade.TimeMs < _last.TimeMs)
        {
            column = _parser.Columns.Time;
            return TapeDefect.TimeBackwards;
        }
        if (!IsJump(trade.PriceE8, _last.PriceE8))
        {
            _jumpRun = 0;
            return TradeRowParser.Fine;
        }
        column = _parser.Columns.Price;
        _jumpRun = _jumpRun > 0 && !IsJump(trade.PriceE8, _jumpPriceE8) ? _jumpRun + 1 : 1;
        _jumpPriceE8 = trade.PriceE8;
        return _jumpRun >= JumpBelievedAfter && _options.Checks == TapeChecks.Lenient ? TradeRowParser.Fine : TapeDefect.PriceJump;
    }

    private bool IsJump(long price, long before)
    {
        var limit = _options.PriceJumpMax;
        return limit != 0 && (price > before * limit || before > price * limit);
    }

    private void Reject(TapeDefect defect, int column, in AggTrade trade)
    {
        var field = column < 0 ? "" : _parser.Columns.NameOf(column);
        if (_options.Checks == TapeChecks.Lenient)
        {
            Report.Skip(new TapeOffence(_lines.Number, field, defect, Quotation.Of(_lines.Line, 200)), _options.QuotedMax);
            return;
        }
        var text = Quotation.Of(_parser.FieldOf(_lines.Line, column), 60);
        throw new TapeException(File, _lines.Number, field, defect, Describe(defect, text, trade));
    }

    private string Describe(TapeDefect defect, string text, in AggTrade trade) => defect switch
    {
        TapeDefect.ColumnCount =>
            $"the row '{text}' does not have {_parser.Columns.Count} columns; the line is cut off or has something added: download the file again",
        TapeDefect.FieldInvalid => $"'{text}' is not a value of this column; the columns are swapped or the line is damaged: download the file again",
        TapeDefect.PriceNotPositive or TapeDefect.QuantityNotPositive =>
            $"'{text}' is not above zero; no trade is made at that: remove the row or read leniently",
        TapeDefect.QuoteQuantityOff => $"'{text}' is not price times quantity; columns are swapped: use the public column order",
        TapeDefect.TimeImplausible =>
            $"'{text}' is no Unix time in milliseconds, microseconds or nanoseconds between 2009 and 2100; the columns are swapped or the line is damaged",
        TapeDefect.TradeIdRange => $"'{text}' with the other trade id is no range of trade ids; the columns are swapped or the line is damaged",
        TapeDefect.IdBackwards => $"'{text}' is not above the id before, {Text(_last.Id)}; sort the file by id and remove doubled rows, or read leniently",
        TapeDefect.TimeBackwards => $"'{text}' is before the time before, {Text(_last.TimeMs)} ms; sort the file by id, or read leniently",
        TapeDefect.PriceJump =>
            $"'{text}' is more than {_options.PriceJumpMax.ToString(CultureInfo.InvariantCulture)} times away from the price before, "
            + $"{_last.Price.ToString(CultureInfo.InvariantCulture)}; columns are swapped or digits lost; if the market did this, set PriceJumpMax to 0",
        _ => $"'{text}' is wrong ({defect}, id {Text(trade.Id)})",
    };

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
