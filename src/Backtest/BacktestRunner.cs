using Granary.Backtest.Accounts;
using Granary.Backtest.Feeds;
using Granary.Backtest.Results;
using Granary.Backtest.Runs;
using Granary.Backtest.Strategies;
using Granary.Engine.Market;

namespace Granary.Backtest;

/// <summary>
/// Runs strategies over recorded markets, event by event, with one account: the live engine's kernels from the trade to the approved order, and a simulated
/// venue behind them. Deterministic: the same feeds and options give the same orders. Nothing looks ahead: the run over the beginning of a tape is the
/// beginning of the run over all of it.
/// </summary>
public sealed class BacktestRunner : IDisposable
{
    private const long DayMs = 86_400_000;

    private readonly BacktestOptions _options;
    private readonly SimulatedAccount _account;
    private readonly List<SymbolRun> _runs = [];
    private readonly List<(long TimeMs, AccountSymbol Symbol, decimal Rate)> _funding = [];
    private int _nextFunding;
    private long _nextSampleMs;
    private long _nextDayMs;
    private long _firstMs;
    private long _lastMs;

    private BacktestRunner(IReadOnlyList<MarketFeed> feeds, BacktestOptions options)
    {
        _options = options;
        _account = new SimulatedAccount(options);
        foreach (var feed in feeds)
        {
            var symbol = _account.Add(feed.Rules, feed.Brackets, feed.Funding);
            var context = new StrategyContext(_account, symbol, options.TradeFromMs);
            _runs.Add(feed.Start(new RunSetup(
                _account, symbol, options.Pipeline(feed), options.Strategies(feed), context, options.FromMs, options.ToMs)));
            foreach (var settlement in feed.Funding) _funding.Add((settlement.TimeMs, symbol, settlement.Rate));
        }
        _funding.Sort((a, b) => a.TimeMs != b.TimeMs ? a.TimeMs.CompareTo(b.TimeMs) : a.Symbol.Index.CompareTo(b.Symbol.Index));
    }

    /// <summary>Runs.</summary>
    /// <param name="feeds">The markets, one a symbol.</param>
    /// <param name="options">On what terms.</param>
    /// <param name="progress">Told the time of the last event now and then; null for nobody.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="ArgumentException">An option is outside its range, there is no feed, or two feeds are of one symbol.</exception>
    /// <exception cref="Tape.TapeException">A file is damaged; the message names file and line.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static BacktestResult Run(
        IReadOnlyList<MarketFeed> feeds, BacktestOptions options, Action<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(feeds);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (feeds.Count == 0) throw new ArgumentException("there is no market to run over; name a feed", nameof(feeds));
        if (feeds.GroupBy(f => f.Symbol).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"{twice.Key} has {twice.Count()} feeds; give each symbol one", nameof(feeds));
        using var runner = new BacktestRunner(feeds, options);
        return runner.Run(progress, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var run in _runs) run.Dispose();
        _account.Dispose();
    }

    private BacktestResult Run(Action<long>? progress, CancellationToken cancellationToken)
    {
        _firstMs = _runs.Min(run => run.HeadMs);
        if (_firstMs == long.MaxValue) return BacktestResult.Of(_account, _runs, _options, 0, 0);
        var startMs = Math.Max(_firstMs, _options.TradeFromMs);
        _account.Start(_firstMs);
        _account.Journal.Day(startMs - (startMs % DayMs), _options.Cash);
        _account.Sample(startMs);
        _nextDayMs = startMs - (startMs % DayMs) + DayMs;
        _nextSampleMs = startMs - (startMs % _options.SampleMs) + _options.SampleMs;
        while (_nextFunding < _funding.Count && _funding[_nextFunding].TimeMs <= _firstMs) _nextFunding++;
        while (Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Invoke(_lastMs);
        }
        Finish();
        return BacktestResult.Of(_account, _runs, _options, startMs, _lastMs);
    }

    /// <summary>Works off one symbol's events up to the next of another symbol or of the account.</summary>
    private bool Step()
    {
        var (first, head, nextHead, nextIndex) = (-1, long.MaxValue, long.MaxValue, -1);
        for (var i = 0; i < _runs.Count; i++)
        {
            var own = _runs[i].HeadMs;
            if (own < head) (nextHead, nextIndex, head, first) = (head, first, own, i);
            else if (own < nextHead) (nextHead, nextIndex) = (own, i);
        }
        if (first < 0) return false;
        var timer = Math.Min(_nextSampleMs, _nextFunding < _funding.Count ? _funding[_nextFunding].TimeMs : long.MaxValue);
        if (timer <= head)
        {
            OnTimer(timer);
            return true;
        }
        var limit = nextHead == long.MaxValue ? timer : Math.Min(timer, first < nextIndex ? nextHead + 1 : nextHead);
        _runs[first].Advance(limit);
        _lastMs = Math.Max(_lastMs, head);
        return true;
    }

    private void OnTimer(long timeMs)
    {
        _account.Deliver(timeMs);
        for (; _nextFunding < _funding.Count && _funding[_nextFunding].TimeMs <= timeMs; _nextFunding++)
            _account.Fund(_funding[_nextFunding].Symbol, _funding[_nextFunding].Rate, timeMs);
        if (timeMs < _nextSampleMs) return;
        _account.Mark(timeMs);
        _account.Sample(timeMs);
        if (timeMs >= _nextDayMs)
        {
            _account.EndDay(_nextDayMs);
            _nextDayMs += DayMs;
        }
        _nextSampleMs = Math.Min(_nextSampleMs + _options.SampleMs, _nextDayMs);
        _lastMs = timeMs;
    }

    private void Finish()
    {
        _account.Deliver(long.MaxValue);
        _account.Sample(_lastMs);
        var days = _account.Journal.Days;
        if (days.Count < 2 || days[^1].Equity != _account.Equity || days[^1].TimeMs < _lastMs - (_lastMs % DayMs)) _account.EndDay(_nextDayMs);
    }
}
