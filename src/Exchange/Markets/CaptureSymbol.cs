using Granary.Engine.Market;
using Granary.Tape;

namespace Granary.Exchange.Markets;

/// <summary>One symbol's socket capture while it is played.</summary>
internal sealed class CaptureSymbol : IRecordedSymbol
{
    private readonly IMarketHost _host;
    private readonly ListedSymbol _symbol;
    private readonly CaptureVenue _venue;
    private readonly TapeReader<CaptureEvent> _frames;
    private readonly RecordedMark _mark;
    private long _left;
    private long _lastAggId;
    private CaptureKind? _told;
    private bool _hasMarks;
    private int _sinceCursor;

    public CaptureSymbol(IMarketHost host, ListedSymbol symbol, string? file)
    {
        _host = host;
        _symbol = symbol;
        _mark = new RecordedMark(host, symbol);
        _frames = new TapeReader<CaptureEvent>(
            symbol.Name, () => file is null ? [] : CaptureEvent.Read(file, symbol.Name), e => e is TapeException);
        _venue = new CaptureVenue(host, symbol);
        host.SetVenue(symbol, _venue);
        while (_frames.HasCurrent && _frames.Count < symbol.State.Cursor)
        {
            Play(_frames.Current, isNew: false);
            _frames.Advance();
        }
        if (_frames.Error is not null || symbol.State.Cursor == 0 || (_frames.Count == symbol.State.Cursor && _lastAggId == symbol.State.LastAggId)) return;
        _frames.Fail(
            $"the capture is not the one that was played before: at message {symbol.State.Cursor} the last trade had id {symbol.State.LastAggId}; "
            + "give the same file or another data folder");
    }

    public long? NextTimeMs => _frames.HasCurrent ? _frames.Current.ReceivedMs : null;

    public string? Error => _frames.Error;

    public void Step()
    {
        var frame = _frames.Current;
        _frames.Advance();
        _symbol.State.Cursor = _frames.Count;
        Play(in frame, isNew: true);
        if (++_sinceCursor < RecordedMarket.CursorEventsMax && _frames.HasCurrent) return;
        _sinceCursor = 0;
        _host.Touch(_symbol);
    }

    public void Dispose() => _frames.Dispose();

    private void Play(in CaptureEvent frame, bool isNew)
    {
        switch (frame.Kind)
        {
            case CaptureKind.Trade or CaptureKind.AggTrade: Trade(in frame, isNew); break;
            case CaptureKind.BookTicker: Quote(frame.Ticker, isNew); break;
            case CaptureKind.MarkPrice: Mark(frame.Mark, isNew); break;
            case CaptureKind.DepthUpdate: Change(frame.Update!, isNew); break;
            case CaptureKind.DepthSnapshot: _venue.Apply(frame.Snapshot!, isNew); break;
            default: break;
        }
    }

    private void Trade(in CaptureEvent frame, bool isNew)
    {
        if (!frame.IsMarketTrade)
        {
            // The venue's aggregate stream leaves these out and its ids have no hole there.
            _left++;
            return;
        }
        // Where both streams were recorded, the one that came first tells all trades.
        _told ??= frame.Kind;
        if (frame.Kind != _told) return;
        var trade = frame.Trade with { Id = frame.Trade.Id - _left };
        _lastAggId = trade.Id;
        if (!isNew)
        {
            _host.Recall(_symbol, in trade);
            if (!_hasMarks) _mark.OnTrade(in trade, publishes: false);
            return;
        }
        _host.AdvanceTo(trade.TimeMs);
        _host.Print(_symbol, in trade);
        _venue.OnTapeTrade(in trade);
        if (!_hasMarks) _mark.OnTrade(in trade, publishes: true);
    }

    private void Quote(in BookTicker ticker, bool isNew)
    {
        _venue.Apply(in ticker, isNew);
        if (!isNew) return;
        _host.AdvanceTo(ticker.TimeMs);
        _host.PublishTicker(_symbol, in ticker);
    }

    private void Mark(in MarkPrice mark, bool isNew)
    {
        _hasMarks = true;
        if (!isNew)
        {
            _symbol.Mark = mark;
            return;
        }
        _host.AdvanceTo(mark.TimeMs);
        _host.PublishMark(_symbol, in mark);
    }

    private void Change(DepthUpdate update, bool isNew)
    {
        _venue.Apply(update, isNew);
        if (!isNew) return;
        _host.AdvanceTo(update.TimeMs);
        _host.PublishDepth(_symbol, new Contracts.DepthDiff(
            update.FirstUpdateId, update.FinalUpdateId, update.PreviousFinalUpdateId, update.TimeMs, Levels(update.Bids), Levels(update.Asks)));
    }

    private static Contracts.DepthLevel[] Levels(DepthLevel[] levels) => Array.ConvertAll(levels, l => new Contracts.DepthLevel(l.PriceE8, l.QuantityE8));
}
