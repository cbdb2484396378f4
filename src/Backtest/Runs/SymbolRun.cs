using Granary.Backtest.Accounts;
using Granary.Backtest.Execution;
using Granary.Backtest.Strategies;
using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Engine.Orders;

namespace Granary.Backtest.Runs;

/// <summary>One symbol's events in their order. While nothing is held, ordered or waited for, a trade costs what the pipeline costs.</summary>
internal abstract class SymbolRun : IDisposable
{
    /// <summary>A second, as the venue publishes marks.</summary>
    private const long MarkIntervalMs = 1_000;

    private readonly TradingStrategy[] _strategies;
    private readonly SymbolPipeline? _pipeline;
    // The first event finds out.
    private bool _isBusy = true;
    private long _seenVersion;
    private long _nextMarkMs;
    private long _nextQuoteMs;

    protected SymbolRun(RunSetup setup)
    {
        Setup = setup;
        _strategies = [.. setup.Strategies];
        if (!_strategies.Any(s => s.NeedsBars)) return;
        _pipeline = new SymbolPipeline(setup.Pipeline);
        Symbol.Pipeline = _pipeline;
    }

    /// <summary>Time of the next event; long.MaxValue at the end.</summary>
    public abstract long HeadMs { get; }

    /// <summary>Works off the events before a time.</summary>
    public abstract void Advance(long limitMs);

    public long BarCount => _pipeline?.BarCount ?? 0;

    public long TradeCount { get; protected set; }

    /// <summary>Time of the last event; 0 before the first.</summary>
    public long LastMs { get; protected set; }

    public long RejectedCount { get; private set; }

    public string BarDigest => _pipeline?.BarDigest ?? "";

    protected RunSetup Setup { get; }

    protected AccountSymbol Symbol => Setup.Symbol;

    protected SimulatedAccount Account => Setup.Account;

    protected SimulatedVenue Venue => Setup.Symbol.Venue;

    protected ReadOnlySpan<TradingStrategy> Strategies => _strategies;

    /// <summary>Whether an order, a report, a fill's later price or a strategy waits for the next trade.</summary>
    protected bool NeedsTrades
    {
        get
        {
            if (NeedsTime || Account.NextReportMs != long.MaxValue || Symbol.Markouts.NextMs != long.MaxValue || Symbol.Known.Version != _seenVersion)
                return true;
            foreach (var strategy in _strategies)
            {
                if (strategy.WatchesTrades) return true;
            }
            return false;
        }
    }

    /// <summary>Whether anything is on its way to the venue, rests there, or is being placed.</summary>
    protected bool NeedsTime => Symbol.HasOrders || Symbol.Stops is { IsBusy: true };

    protected bool NeedsBars => _pipeline is not null;

    public abstract void Dispose();

    /// <summary>Takes a trade: cleaned, matched, guarded, then its bar.</summary>
    protected void Process(in AggTrade trade)
    {
        if (_pipeline is null)
        {
            Take(trade);
            return;
        }
        var accepted = _pipeline.AcceptedCount;
        var closed = _pipeline.Add(trade);
        if (_pipeline.AcceptedCount == accepted)
        {
            RejectedCount++;
            return;
        }
        Take(trade);
        if (trade.TimeMs >= _nextMarkMs) OnMark(trade);
        if (closed) OnBar(trade.TimeMs);
    }

    /// <summary>Whether any order, position, report or guard needs every trade.</summary>
    protected void SetBusy() => _isBusy = !Symbol.Ledger.IsFlat || NeedsTrades;

    /// <summary>Reports that are due reach the strategies.</summary>
    protected void Hear(long nowMs)
    {
        if (Account.NextReportMs <= nowMs) Account.Deliver(nowMs);
        if (Symbol.Known.Version == _seenVersion) return;
        _seenVersion = Symbol.Known.Version;
        Setup.Context.TimeMs = nowMs;
        foreach (var strategy in _strategies) strategy.OnPosition(Setup.Context);
    }

    /// <summary>
    /// What is due before an event: steps of orders that are being placed, and what takes its way between engine and venue, in the order of time.
    /// </summary>
    protected void PassTime(long nowMs)
    {
        while (Math.Min(Symbol.Placement?.NextMs ?? long.MaxValue, Symbol.Stops?.NextMs ?? long.MaxValue) is var due && due <= nowMs)
        {
            if (Symbol.Stops?.NextMs <= due) Symbol.Stops.OnTime(due);
            else Symbol.Placement!.Work(due);
        }
    }

    /// <summary>The market's prices come to the placement of orders, and the mark to the venue's stops, at the first event of each second.</summary>
    protected void Quote(long nowMs, long priceE8)
    {
        if (nowMs < _nextQuoteMs) return;
        _nextQuoteMs = nowMs - (nowMs % MarkIntervalMs) + MarkIntervalMs;
        Symbol.Placement?.OnQuote(nowMs);
        Symbol.Stops?.OnPrice(WorkingPrice.Mark, priceE8, nowMs);
    }

    protected void OnCandle(in Kline candle)
    {
        Setup.Context.TimeMs = candle.CloseTimeMs;
        foreach (var strategy in _strategies) strategy.OnCandle(Setup.Context, candle);
        SetBusy();
    }

    protected void OnTimer(TradingStrategy strategy, long nowMs)
    {
        Setup.Context.TimeMs = nowMs;
        strategy.OnTimer(Setup.Context);
        SetBusy();
    }

    private void Take(in AggTrade trade)
    {
        if (_isBusy)
        {
            Match(trade);
            return;
        }
        Symbol.LastPriceE8 = trade.PriceE8;
        Venue.Pass(trade);
    }

    private void Match(in AggTrade trade)
    {
        PassTime(trade.TimeMs);
        // A fill's price some time later is the last price before that time.
        if (Symbol.Markouts.NextMs <= trade.TimeMs) Symbol.Markouts.Settle(trade.TimeMs, Symbol.LastPrice);
        Venue.OnTrade(trade);
        Symbol.LastPriceE8 = trade.PriceE8;
        if (trade.PriceE8 <= Symbol.LiquidationLowE8 || trade.PriceE8 >= Symbol.LiquidationHighE8) Account.CheckMargin(trade.TimeMs);
        Symbol.Stops?.OnPrice(WorkingPrice.Last, trade.PriceE8, trade.TimeMs);
        Quote(trade.TimeMs, trade.PriceE8);
        PassTime(trade.TimeMs);
        Hear(trade.TimeMs);
        foreach (var strategy in _strategies)
        {
            if (!strategy.WatchesTrades) continue;
            Setup.Context.TimeMs = trade.TimeMs;
            strategy.OnTrade(Setup.Context, trade);
        }
        SetBusy();
    }

    /// <summary>No mark price is recorded: the last price stands for it, at the first trade of each second, as on the built-in exchange.</summary>
    private void OnMark(in AggTrade trade)
    {
        _nextMarkMs = trade.TimeMs - (trade.TimeMs % MarkIntervalMs) + MarkIntervalMs;
        Symbol.Measures.OnMark(new MarkPrice(trade.TimeMs, trade.Price, trade.Price, 0, 0));
    }

    private void OnBar(long nowMs)
    {
        var bar = _pipeline!.LastBar!;
        Symbol.Measures.OnBar(bar);
        Venue.PriceImpact = (decimal)bar.Features.PriceImpact;
        Setup.Context.TimeMs = nowMs;
        foreach (var strategy in _strategies) strategy.OnBar(Setup.Context, bar);
        SetBusy();
    }
}
