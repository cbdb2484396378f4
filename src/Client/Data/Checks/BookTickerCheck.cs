using Granary.Client.Views;
using Granary.Engine.Market;

namespace Granary.Client.Data.Checks;

/// <summary>Checks best quotes: update ids and times must not go back, bids lie below asks.</summary>
internal sealed class BookTickerCheck(FindingLog log) : RowVisitor
{
    private readonly SilenceCheck _silence = new(log);
    private long _id;

    public override void Visit(in BookTicker ticker, long line)
    {
        var (id, bid, ask, before) = (ticker.UpdateId, ticker.BidPriceE8, ticker.AskPriceE8, _id);
        _silence.Add(ticker.TimeMs, line);
        if (id < _id) log.Add(FindingKind.IdOrder, line, FormattableString.Invariant($"update id {id} after {before}"));
        _id = Math.Max(_id, id);
        if (bid >= ask && bid > 0 && ask > 0)
            log.Add(FindingKind.BookCrossed, line, $"bid {Format.Number(Fixed8.ToDecimal(bid))}, ask {Format.Number(Fixed8.ToDecimal(ask))}");
    }

    public override void Finish() => _silence.Finish();
}
