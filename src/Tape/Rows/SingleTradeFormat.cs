using Granary.Tape.Files;

namespace Granary.Tape.Rows;

/// <summary>Rows of the layout Trades as single trades: read and judged as the aggregates of one that they are.</summary>
internal sealed class SingleTradeFormat(Columns columns, TimeUnit unit, TapeOptions options) : RowFormat<SingleTrade>(columns, unit)
{
    private readonly TradeFormat _inner = new(columns, unit, options);

    public override TapeDefect Parse(RowBlocks rows, out SingleTrade row)
    {
        var defect = _inner.Parse(rows, out var trade);
        row = defect == Fine ? new SingleTrade(trade.Id, trade.TimeMs, trade.TimeMs, trade.PriceE8, trade.QuantityE8, trade.IsBuyerMaker, true) : default;
        return defect == Fine ? Fine : Bad(defect, _inner.DefectColumn);
    }

    public override TapeDefect Compare(in SingleTrade row, TapeReport report)
    {
        var defect = _inner.Compare(row.ToAggTrade(), report);
        return defect == Fine ? Fine : Bad(defect, _inner.DefectColumn);
    }

    public override string Describe(TapeDefect defect, string text) => _inner.Describe(defect, text);
}
