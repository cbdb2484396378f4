using Granary.Client.Views;
using Granary.Engine.Bars;
using Granary.Engine.Market;

namespace Granary.Client.Data.Checks;

/// <summary>Checks trades: ids, times, prices against the median of those before (formulas §1.1).</summary>
internal sealed class TradeCheck(FindingLog log) : RowVisitor
{
    private readonly TradeCleaner _cleaner = new();
    private readonly IdLedger _ids = new();
    private readonly SilenceCheck _silence = new(log);
    private AggTrade _before;
    private bool _hasBefore;

    public override void Visit(in AggTrade trade, long line)
    {
        var (id, price) = (trade.Id, trade.PriceE8);
        if (_ids.Add(id, line) is { } wrong)
        {
            log.Add(wrong, line, FormattableString.Invariant($"id {id} after {_ids.Highest}"));
            return;
        }
        _silence.Add(trade.TimeMs, line);
        if (_cleaner.Add(trade) == TradeReject.Outlier)
        {
            var last = _cleaner.LastPriceE8;
            log.Add(FindingKind.PriceOutlier, line, $"price {Format.Number(Fixed8.ToDecimal(price))} after {Format.Number(Fixed8.ToDecimal(last))}, id {id}");
        }
        if (_hasBefore && trade.FirstTradeId > 0 && _before.FirstTradeId > 0 && id == _before.Id + 1 && trade.FirstTradeId != _before.LastTradeId + 1)
        {
            var (first, lastBefore) = (trade.FirstTradeId, _before.LastTradeId);
            log.Add(FindingKind.TradeIdStep, line, FormattableString.Invariant($"first trade id {first} after {lastBefore}"));
        }
        (_before, _hasBefore) = (trade, true);
    }

    public override void Finish()
    {
        if (_ids.HoleCount > 0) log.Set(FindingKind.IdGap, _ids.HoleCount, $"{Format.Count(_ids.MissingCount)} ids missing", _ids.Places);
        _silence.Finish();
    }
}
