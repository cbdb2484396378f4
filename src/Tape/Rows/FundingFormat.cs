using Granary.Engine.Market;
using Granary.Tape.Files;

namespace Granary.Tape.Rows;

/// <summary>Rows of the layout FundingRates. Times rise within a symbol.</summary>
internal sealed class FundingFormat(Columns columns, TimeUnit unit, SymbolNames names) : RowFormat<FundingRow>(columns, unit)
{
    private const int IntervalHoursMax = 24;

    private readonly int _symbol = columns.Places[0], _time = columns.Places[1], _interval = columns.Places[2], _rate = columns.Places[3];
    private string _symbolBefore = "";
    private long _timeBefore;
    private bool _hasBefore;

    public override TapeDefect Parse(RowBlocks rows, out FundingRow row)
    {
        row = default;
        if (rows.ColumnCount != Columns.Count) return Bad(TapeDefect.ColumnCount, -1);
        var symbol = names.Fallback;
        if (_symbol >= 0 && !names.TryGet(rows.Field(_symbol), out symbol)) return Bad(TapeDefect.FieldInvalid, _symbol);
        var defect = ParseTime(rows, _time, out var time);
        if (defect != Fine) return defect;
        int? hours = null;
        if (_interval >= 0)
        {
            if (!Fields.TryParseId(rows.Field(_interval), out var value) || value is < 1 or > IntervalHoursMax) return Bad(TapeDefect.FieldInvalid, _interval);
            hours = (int)value;
        }
        // A rate is a fraction of the notional; beyond 1 it is another column.
        if (!Fields.TryParseDecimal(rows.Field(_rate), out var rate) || rate is < -1 or > 1) return Bad(TapeDefect.FieldInvalid, _rate);
        row = new FundingRow(symbol, hours, new FundingRate(time, rate));
        return Fine;
    }

    public override TapeDefect Compare(in FundingRow row, TapeReport report)
    {
        if (_hasBefore && row.Funding.TimeMs <= _timeBefore && row.Symbol == _symbolBefore) return Bad(TapeDefect.TimeBackwards, _time);
        (_hasBefore, _timeBefore, _symbolBefore) = (true, row.Funding.TimeMs, row.Symbol);
        return Fine;
    }
}
