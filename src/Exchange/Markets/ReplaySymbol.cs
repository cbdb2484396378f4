using Granary.Engine.Market;

namespace Granary.Exchange.Markets;

/// <summary>One symbol's tape while it is replayed.</summary>
internal sealed class ReplaySymbol : IRecordedSymbol
{
    private readonly IMarketHost _host;
    private readonly ListedSymbol _symbol;
    private readonly TapeReplayVenue _venue;
    private readonly TapeReader<AggTrade> _tape;
    private readonly RecordedMark _mark;
    private long _nextDepthMs;
    private int _sinceCursor;

    public ReplaySymbol(IMarketHost host, ListedSymbol symbol, Func<IEnumerable<AggTrade>> open, Func<Exception, bool> isFault)
    {
        _host = host;
        _symbol = symbol;
        _mark = new RecordedMark(host, symbol);
        _tape = new TapeReader<AggTrade>(symbol.Name, open, isFault);
        _venue = new TapeReplayVenue(host, symbol, _tape.HasCurrent ? _tape.Current.TimeMs * 1024 : 0);
        host.SetVenue(symbol, _venue);
        var lastId = 0L;
        while (_tape.HasCurrent && _tape.Count < symbol.State.Cursor)
        {
            var trade = _tape.Current;
            lastId = trade.Id;
            host.Recall(symbol, in trade);
            _venue.MoveQuotes(in trade);
            _mark.OnTrade(in trade, publishes: false);
            _tape.Advance();
        }
        _venue.NextDiff(symbol.State.LastTimeMs);
        if (_tape.Error is not null || symbol.State.Cursor == 0 || (lastId == symbol.State.LastAggId && _tape.Count == symbol.State.Cursor)) return;
        _tape.Fail(
            $"the tape is not the one that was replayed before: trade {symbol.State.Cursor} had id {symbol.State.LastAggId}; "
            + "give the same file or another data folder");
    }

    public long? NextTimeMs => _tape.HasCurrent ? _tape.Current.TimeMs : null;

    public string? Error => _tape.Error;

    public void Step()
    {
        var trade = _tape.Current;
        _tape.Advance();
        _host.AdvanceTo(trade.TimeMs);
        _symbol.State.Cursor = _tape.Count;
        _host.Print(_symbol, in trade);
        // First the trade as it happened, against the orders that rested before it; then the quotes it leaves behind.
        _venue.OnTapeTrade(in trade);
        _venue.MoveQuotes(in trade);
        _host.PublishTicker(_symbol, _venue.Ticker(_host.MarketTimeMs));
        _mark.OnTrade(in trade, publishes: true);
        if (trade.TimeMs >= _nextDepthMs && _venue.NextDiff(_host.MarketTimeMs) is { } diff)
        {
            _nextDepthMs = trade.TimeMs + _host.Options.DepthIntervalMs;
            _host.PublishDepth(_symbol, diff);
        }
        if (++_sinceCursor < RecordedMarket.CursorEventsMax && _tape.HasCurrent) return;
        _sinceCursor = 0;
        _host.Touch(_symbol);
    }

    public void Dispose() => _tape.Dispose();
}
