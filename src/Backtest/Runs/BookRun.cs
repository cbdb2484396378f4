using Granary.Backtest.Execution;
using Granary.Backtest.Feeds;
using Granary.Backtest.Strategies;
using Granary.Engine.Market;

namespace Granary.Backtest.Runs;

/// <summary>A symbol's recorded book and trades.</summary>
internal sealed class BookRun : SymbolRun
{
    private readonly ReadOnlyMemory<BookRow> _rows;
    private readonly DepthBook _book;
    private readonly TradingStrategy? _timed;
    private int _next;
    private long _nextTimerMs = long.MaxValue;

    public BookRun(RunSetup setup, ReadOnlyMemory<BookRow> rows)
        : base(setup)
    {
        _rows = rows;
        _book = new DepthBook(Fixed8.FromDecimal(setup.Symbol.Rules.TickSize));
        Venue.Book = _book;
        foreach (var strategy in Strategies)
        {
            if (strategy.TimerMs > 0) _timed = strategy;
        }
        while (_next < rows.Length && rows.Span[_next].TimeMs < setup.FromMs) Set(rows.Span[_next++]);
        if (_timed is not null && _next < rows.Length) _nextTimerMs = rows.Span[_next].TimeMs + _timed.TimerMs;
    }

    public override long HeadMs => _next < _rows.Length && _rows.Span[_next].TimeMs < Setup.ToMs ? _rows.Span[_next].TimeMs : long.MaxValue;

    public override void Advance(long limitMs)
    {
        var rows = _rows.Span;
        var stop = Math.Min(limitMs, Setup.ToMs);
        var next = _next;
        while (next < rows.Length)
        {
            ref readonly var row = ref rows[next];
            if (row.TimeMs >= stop) break;
            if (row.TimeMs >= _nextTimerMs) OnTimers(row.TimeMs);
            next++;
            if (row.Kind <= BookRowKind.Ask) OnLevel(row);
            else if (row.Kind == BookRowKind.Clear) _book.Clear();
            else Process(new AggTrade(row.Id, row.TimeMs, row.PriceE8, row.QuantityE8, row.Id, 1, row.Kind == BookRowKind.Sell));
        }
        if (next > _next) LastMs = rows[next - 1].TimeMs;
        TradeCount += next - _next;
        _next = next;
    }

    public override void Dispose()
    {
    }

    private void OnLevel(in BookRow row)
    {
        var side = row.Kind == BookRowKind.Bid ? 1 : -1;
        var before = _book.Set(side, row.PriceE8, row.QuantityE8);
        if (!NeedsTime) return;
        if (row.QuantityE8 < before) Venue.OnLevel(side, row.PriceE8, before, row.QuantityE8);
        if (!row.IsLast) return;
        PassTime(row.TimeMs);
        Venue.OnTime(row.TimeMs);
        Venue.OnCrossed(row.TimeMs);
        Quote(row.TimeMs, Symbol.LastPriceE8);
        PassTime(row.TimeMs);
        Hear(row.TimeMs);
        SetBusy();
    }

    private void OnTimers(long nowMs)
    {
        while (_nextTimerMs <= nowMs)
        {
            if (NeedsTime)
            {
                PassTime(_nextTimerMs);
                Venue.OnTime(_nextTimerMs);
                Hear(_nextTimerMs);
            }
            OnTimer(_timed!, _nextTimerMs);
            _nextTimerMs += _timed!.TimerMs;
        }
    }

    private void Set(in BookRow row)
    {
        if (row.Kind <= BookRowKind.Ask) _book.Set(row.Kind == BookRowKind.Bid ? 1 : -1, row.PriceE8, row.QuantityE8);
        else if (row.Kind == BookRowKind.Clear) _book.Clear();
    }
}
