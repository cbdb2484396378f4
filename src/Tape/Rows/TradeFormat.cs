using System.Globalization;
using System.Runtime.CompilerServices;
using Granary.Engine.Market;
using Granary.Tape.Files;

namespace Granary.Tape.Rows;

/// <summary>
/// Rows of the layouts AggTrades and Trades as aggregate trades. A row of the usual form is read by <see cref="Digits"/>; a row that cannot be proved well
/// formed that way is read field by field, which also finds out what is wrong with it.
/// </summary>
internal sealed class TradeFormat : RowFormat<AggTrade>
{
    private const int JumpBelievedAfter = 16;

    private readonly int _id, _price, _quantity, _quote, _first, _last, _time, _maker, _bestMatch, _count;
    private readonly int _timeDigits, _timeDivisor;
    private readonly bool _isUsual, _isAggregate;
    private readonly TapeOptions _options;
    private AggTrade _before;
    private bool _hasBefore;
    private long _jumpPriceE8;
    private int _jumpRun;

    public TradeFormat(Columns columns, TimeUnit unit, TapeOptions options) : base(columns, unit)
    {
        _options = options;
        _count = columns.Count;
        _isAggregate = columns.Layout == TapeLayout.AggTrades;
        (_id, _price, _quantity) = (columns.Places[0], columns.Places[1], columns.Places[2]);
        (_maker, _bestMatch) = (columns["is_buyer_maker"], columns["is_best_match"]);
        if (_isAggregate) (_quote, _first, _last, _time) = (-1, columns["first_trade_id"], columns["last_trade_id"], columns["transact_time"]);
        else (_quote, _first, _last, _time) = (columns["quote_qty"], -1, -1, columns["time"]);
        _timeDigits = (int)unit;
        _timeDivisor = unit == TimeUnit.Microseconds ? 1_000 : 1;
        _isUsual = columns.IsCanonical && unit is TimeUnit.Milliseconds or TimeUnit.Microseconds;
    }

    public override TapeDefect Parse(RowBlocks rows, out AggTrade row) =>
        _isUsual && rows.ColumnCount == _count && TryParseUsual(rows, out row) ? Fine : ParseCarefully(rows, out row);

    public override TapeDefect Compare(in AggTrade row, TapeReport report)
    {
        if (_hasBefore)
        {
            if (row.Id <= _before.Id) return Bad(TapeDefect.IdBackwards, _id);
            if (row.TimeMs < _before.TimeMs) return Bad(TapeDefect.TimeBackwards, _time);
            if (row.PriceE8 != _before.PriceE8 && IsUnbelieved(row.PriceE8)) return Bad(TapeDefect.PriceJump, _price);
            if (row.Id > _before.Id + 1)
            {
                report.IdGaps++;
                report.MissingIds += row.Id - _before.Id - 1;
            }
        }
        _hasBefore = true;
        _jumpRun = 0;
        _before = row;
        return Fine;
    }

    public override string Describe(TapeDefect defect, string text) => defect switch
    {
        TapeDefect.QuoteQuantityOff => $"'{text}' is not price times quantity; columns are swapped: use the public column order",
        TapeDefect.TradeIdRange => $"'{text}' with the other trade id is no range of trade ids; the columns are swapped or the line is damaged",
        TapeDefect.IdBackwards => $"'{text}' is not above the id before, {Text(_before.Id)}; sort the file by id and remove doubled rows, or read leniently",
        TapeDefect.TimeBackwards => $"'{text}' is before the time before, {Text(_before.TimeMs)} ms; sort the file by id, or read leniently",
        TapeDefect.PriceJump =>
            $"'{text}' is more than {_options.PriceJumpMax.ToString(CultureInfo.InvariantCulture)} times away from the price before, "
            + $"{_before.Price.ToString(CultureInfo.InvariantCulture)}; columns are swapped or digits lost; if the market did this, set PriceJumpMax to 0",
        _ => base.Describe(defect, text),
    };

    private bool TryParseUsual(RowBlocks rows, out AggTrade row)
    {
        ref var text = ref rows.Text;
        ref var marks = ref rows.Marks;
        var (idEnd, priceEnd, quantityEnd) = (Unsafe.Add(ref marks, 1), Unsafe.Add(ref marks, 2), Unsafe.Add(ref marks, 3));
        Unsafe.SkipInit(out row);
        if (!(Digits.TryReadInteger(ref text, marks + 1, idEnd, out var id)
            & Digits.TryReadE8(ref text, idEnd + 1, priceEnd, out var price)
            & Digits.TryReadE8(ref text, priceEnd + 1, quantityEnd, out var quantity)))
        {
            return false;
        }
        if (price <= 0 || quantity <= 0) return false;
        long first = id, count = 1;
        int timeStart, timeEnd;
        if (_isAggregate)
        {
            var (firstEnd, lastEnd) = (Unsafe.Add(ref marks, 4), Unsafe.Add(ref marks, 5));
            if (!(Digits.TryReadInteger(ref text, quantityEnd + 1, firstEnd, out first) & Digits.TryReadInteger(ref text, firstEnd + 1, lastEnd, out var last))) return false;
            count = last - first + 1;
            if (count is < 1 or > int.MaxValue) return false;
            (timeStart, timeEnd) = (lastEnd + 1, Unsafe.Add(ref marks, 6));
        }
        else
        {
            var quoteEnd = Unsafe.Add(ref marks, 4);
            if (!Digits.TryReadE8(ref text, quantityEnd + 1, quoteEnd, out var quote) || !IsNearProduct(price, quantity, quote)) return false;
            (timeStart, timeEnd) = (quoteEnd + 1, Unsafe.Add(ref marks, 5));
        }
        if (!Digits.TryReadInteger(ref text, timeStart, timeEnd, out var time) || timeEnd - timeStart != _timeDigits) return false;
        if (_timeDivisor != 1) time /= _timeDivisor;
        if (!Fields.IsPlausible(time)) return false;
        var makerEnd = _bestMatch < 0 ? rows.LineEnd : Unsafe.Add(ref marks, _maker + 1);
        if (!TryReadFlag(ref text, timeEnd + 1, makerEnd, out var isBuyerMaker)) return false;
        if (_bestMatch >= 0 && !TryReadFlag(ref text, makerEnd + 1, rows.LineEnd, out _)) return false;
        row = new AggTrade(id, time, price, quantity, first, (int)count, isBuyerMaker);
        return true;
    }

    // Without a branch on the value: whether the taker bought or sold is what no processor can guess.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadFlag(ref byte text, int start, int end, out bool value)
    {
        var word = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref text, start));
        if (!BitConverter.IsLittleEndian) word = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word);
        word |= 0x20;
        value = (word == 0x65757274) & (end - start == 4);
        var isFalse = (word == 0x736C6166) & (end - start == 5) & (Unsafe.Add(ref text, start + 4) == (byte)'e');
        return value | isFalse;
    }

    private TapeDefect ParseCarefully(RowBlocks rows, out AggTrade row)
    {
        row = default;
        if (rows.ColumnCount != _count) return Bad(TapeDefect.ColumnCount, -1);
        if (!Fields.TryParseId(rows.Field(_id), out var id)) return Bad(TapeDefect.FieldInvalid, _id);
        if (!Fixed8.TryParse(rows.Field(_price), out var price)) return Bad(TapeDefect.FieldInvalid, _price);
        if (!Fixed8.TryParse(rows.Field(_quantity), out var quantity)) return Bad(TapeDefect.FieldInvalid, _quantity);
        var timeDefect = ParseTime(rows, _time, out var time);
        if (timeDefect != Fine) return timeDefect;
        if (!Fields.TryParseFlag(rows.Field(_maker), out var isBuyerMaker)) return Bad(TapeDefect.FieldInvalid, _maker);
        if (_bestMatch >= 0 && !Fields.TryParseFlag(rows.Field(_bestMatch), out _)) return Bad(TapeDefect.FieldInvalid, _bestMatch);
        if (price <= 0) return Bad(TapeDefect.PriceNotPositive, _price);
        if (quantity <= 0) return Bad(TapeDefect.QuantityNotPositive, _quantity);

        var (firstId, count) = (_isAggregate ? 0 : id, 1);
        if (_isAggregate)
        {
            var defect = ParseTradeIds(rows.Field(_first), rows.Field(_last), out firstId, out count);
            if (defect != Fine) return defect;
        }
        if (_quote >= 0)
        {
            if (!Fixed8.TryParse(rows.Field(_quote), out var quote)) return Bad(TapeDefect.FieldInvalid, _quote);
            if (!IsNearProduct(price, quantity, quote)) return Bad(TapeDefect.QuoteQuantityOff, _quote);
        }
        row = new AggTrade(id, time, price, quantity, firstId, count, isBuyerMaker);
        return Fine;
    }

    private TapeDefect ParseTradeIds(ReadOnlySpan<byte> first, ReadOnlySpan<byte> last, out long firstId, out int count)
    {
        (firstId, count) = (0, 1);
        if (first.IsEmpty && last.IsEmpty) return Fine;
        if (!Fields.TryParseId(first, out firstId)) return Bad(first.IsEmpty ? TapeDefect.TradeIdRange : TapeDefect.FieldInvalid, _first);
        if (!Fields.TryParseId(last, out var lastId)) return Bad(last.IsEmpty ? TapeDefect.TradeIdRange : TapeDefect.FieldInvalid, _last);
        if (lastId < firstId || lastId - firstId >= int.MaxValue) return Bad(TapeDefect.TradeIdRange, _last);
        count = (int)(lastId - firstId + 1);
        return Fine;
    }

    // One percent and a hundredth: publishers round the column in different ways; a swap is off by orders of magnitude.
    private static bool IsNearProduct(long price, long quantity, long quote)
    {
        var product = price / (double)Fixed8.One * quantity;
        return Math.Abs(product - quote) <= (0.01 * product) + (0.01 * Fixed8.One);
    }

    private bool IsUnbelieved(long price)
    {
        if (!IsJump(price, _before.PriceE8)) return false;
        _jumpRun = _jumpRun > 0 && !IsJump(price, _jumpPriceE8) ? _jumpRun + 1 : 1;
        _jumpPriceE8 = price;
        return _jumpRun < JumpBelievedAfter || _options.Checks == TapeChecks.Strict;
    }

    private bool IsJump(long price, long before)
    {
        var limit = _options.PriceJumpMax;
        return limit != 0 && (price > before * limit || before > price * limit);
    }
}
