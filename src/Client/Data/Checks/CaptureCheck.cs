using Granary.Engine.Market;
using Granary.Tape;

namespace Granary.Client.Data.Checks;

/// <summary>Checks a capture's messages: ids of trades, the chain of the book's changes, quotes; stream by stream.</summary>
internal sealed class CaptureCheck(FindingLog log) : RowVisitor
{
    private readonly Dictionary<string, IdLedger> _trades = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _updates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _quotes = new(StringComparer.Ordinal);

    public override void Visit(in CaptureFrame frame)
    {
        try
        {
            Check(frame);
        }
        catch (TapeException error)
        {
            log.Add(FindingKind.RowInvalid, error.Line, error.Message);
        }
    }

    public override void Finish()
    {
        var ledgers = _trades.Values.ToList();
        var holes = ledgers.Sum(l => l.HoleCount);
        if (holes > 0) log.Set(FindingKind.IdGap, holes, FormattableString.Invariant($"{ledgers.Sum(l => l.MissingCount)} ids missing"), ledgers.SelectMany(l => l.Places));
    }

    private void Check(in CaptureFrame frame)
    {
        var line = frame.Line;
        switch (frame.Kind)
        {
            case CaptureKind.Trade:
                var trade = CaptureMessages.ReadTrade(frame);
                CheckId(frame.Stream, trade.Id, line);
                if (!trade.IsMarket)
                    log.Add(FindingKind.TradeNotMarket, line, FormattableString.Invariant($"id {trade.Id} at {Fixed8.ToDecimal(trade.PriceE8)}"));
                break;
            case CaptureKind.AggTrade:
                CheckId(frame.Stream, CaptureMessages.ReadAggTrade(frame).Id, line);
                break;
            case CaptureKind.BookTicker:
                CheckQuote(frame.Stream, CaptureMessages.ReadBookTicker(frame), line);
                break;
            case CaptureKind.DepthUpdate:
                var update = CaptureMessages.ReadDepthUpdate(frame);
                var isChained = !_updates.TryGetValue(frame.Stream, out var last)
                    || (update.PreviousFinalUpdateId >= 0 ? update.PreviousFinalUpdateId == last : update.FirstUpdateId == last + 1);
                if (!isChained) log.Add(FindingKind.DepthGap, line, FormattableString.Invariant($"update {update.FirstUpdateId} after {last}"));
                _updates[frame.Stream] = update.FinalUpdateId;
                break;
        }
    }

    private void CheckId(string stream, long id, long line)
    {
        if (!_trades.TryGetValue(stream, out var ledger)) _trades[stream] = ledger = new IdLedger();
        if (ledger.Add(id, line) is { } wrong) log.Add(wrong, line, FormattableString.Invariant($"id {id} after {ledger.Highest}"));
    }

    private void CheckQuote(string stream, BookTicker ticker, long line)
    {
        _quotes.TryGetValue(stream, out var before);
        if (ticker.UpdateId < before) log.Add(FindingKind.IdOrder, line, FormattableString.Invariant($"update id {ticker.UpdateId} after {before}"));
        _quotes[stream] = Math.Max(before, ticker.UpdateId);
        if (ticker.BidPriceE8 >= ticker.AskPriceE8 && ticker.BidPriceE8 > 0 && ticker.AskPriceE8 > 0)
            log.Add(FindingKind.BookCrossed, line, FormattableString.Invariant($"bid {ticker.BidPrice}, ask {ticker.AskPrice}"));
    }
}
