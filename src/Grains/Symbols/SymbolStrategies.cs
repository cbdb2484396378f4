using Granary.Engine.Decisions;
using Granary.Engine.Features;
using Granary.Engine.Rules;
using Granary.Engine.Signals;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Strategies;
using Granary.Grains.Strategies;
using Granary.Journal.Records;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Symbols;

/// <summary>
/// The strategies of one symbol, asked about each closed bar in the order of formulas §3: regime, momentum, mean reversion, which is handed what the two
/// before it said, then the rules; then the combination. One that fails holds nobody up: with a later bar it is given those that it lacks.
/// </summary>
internal sealed partial class SymbolStrategies(IGrainFactory grains, SymbolSettings symbol, ILogger logger)
{
    private const int HistoryBars = 1_024;

    private readonly BarHistory _history = new(HistoryBars);
    private readonly SortedDictionary<string, long> _answered = new(StringComparer.Ordinal);

    /// <summary>The bars that are meant.</summary>
    public BarSeries Series { get; set; }

    /// <summary>Index of the bar that comes next; 0 before the first.</summary>
    public long NextBarIndex => _history.NextIndex;

    /// <summary>The newest bars held, oldest first.</summary>
    public FeatureBar[] NewestBars(int count) => _history.Newest(count);

    /// <summary>A bar that the strategies have been given before the restart.</summary>
    public void Remember(FeatureBar bar)
    {
        _history.Add(bar);
        foreach (var name in symbol.Strategies) _answered[name] = _history.NextIndex;
    }

    /// <summary>Asks all about a bar that has just closed.</summary>
    public async Task<SignalRound> AskAsync(FeatureBar bar)
    {
        _history.Add(bar);
        var regime = await TryAsync(
            StrategyNames.Regime, bar,
            b => AskBarsAsync<RegimeDecision>(StrategyNames.Regime, b, grains.GetGrain<IVolatilityRegimeGrain>(symbol.Symbol).Evaluate, _history.Add));
        var momentum = await TryAsync(
            StrategyNames.Momentum, bar,
            b => AskBarsAsync<MomentumDecision>(StrategyNames.Momentum, b, grains.GetGrain<IOrderFlowMomentumGrain>(symbol.Symbol).Evaluate, _history.Add));
        var reversion = await TryAsync(StrategyNames.Reversion, bar, AskReversionAsync);
        var rules = new List<RuleDecision>();
        foreach (var name in symbol.Strategies.Where(StrategyList.IsRule))
        {
            var decision = await TryAsync(name, bar, b => AskBarsAsync<RuleDecision>(name, b, StrategyNames.Rule(grains, name, symbol.Symbol).Evaluate, null));
            if (decision is not null) rules.Add(decision);
        }

        return SignalRound.Combine(bar.Bar.Index, symbol.Strategies, regime, momentum, reversion, rules, symbol.Signals.Combination);
    }

    /// <summary>
    /// Snapshots of all strategies for the journal, when each of them stands at the newest bar; null when one does not or does not answer.
    /// </summary>
    public async Task<IReadOnlyList<SnapshotRecord>?> TakeSnapshotsAsync(long nowMs)
    {
        var records = new List<SnapshotRecord>();
        foreach (var name in symbol.Strategies)
        {
            try
            {
                var snapshot = await StrategyNames.Resolve(grains, name, symbol.Symbol).GetSnapshot(Series);
                if (snapshot.NextBarIndex != _history.NextIndex) return null;
                records.Add(new SnapshotRecord(StrategyNames.OwnerOf(name, symbol.Symbol), snapshot.Bytes, nowMs));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogNoSnapshot(e, symbol.Symbol, name);
                return null;
            }
        }

        return records;
    }

    private async Task<TDecision?> TryAsync<TDecision>(string name, FeatureBar bar, Func<FeatureBar, Task<TDecision?>> ask)
        where TDecision : class
    {
        if (!symbol.Strategies.Contains(name)) return null;
        try
        {
            return await ask(bar);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogStrategyFailed(e, symbol.Symbol, name, bar.Bar.Index);
            return null;
        }
    }

    /// <summary>Asks a strategy that needs nothing but bars, and notes what it said about each.</summary>
    private async Task<TDecision?> AskBarsAsync<TDecision>(
        string name, FeatureBar bar, Func<BarBatch, ValueTask<StrategyAnswer<TDecision>>> evaluate, Action<TDecision>? note)
        where TDecision : class
    {
        var decisions = await AskAsync(name, bar, _history.FirstIndex, (first, restart) => evaluate(new BarBatch(_history.From(first), Series, restart)));
        foreach (var decision in decisions)
        {
            if (decision is not null) note?.Invoke(decision);
        }

        return decisions[^1];
    }

    private async Task<ReversionDecision?> AskReversionAsync(FeatureBar bar)
    {
        // Bars that an earlier signal never spoke about cannot be given.
        var decided = _history.FirstDecided();
        if (decided > bar.Bar.Index) return null;
        var strategy = grains.GetGrain<IVwapReversionGrain>(symbol.Symbol);
        var decisions = await AskAsync(StrategyNames.Reversion, bar, decided, (first, restart) => strategy.Evaluate(new ReversionBatch(
            new BarBatch(_history.From(first), Series, restart), _history.RegimesFrom(first)!, _history.MomentumsFrom(first)!)));
        return decisions[^1];
    }

    /// <summary>Asks about the bars since the last answer; when the strategy lacks bars before them, those are given from the oldest on that can be.</summary>
    private async Task<TDecision?[]> AskAsync<TDecision>(
        string name, FeatureBar bar, long oldest, Func<long, bool, ValueTask<StrategyAnswer<TDecision>>> ask)
        where TDecision : class
    {
        var answer = await ask(Math.Max(_answered.GetValueOrDefault(name, bar.Bar.Index), oldest), false);
        if (!answer.Taken)
        {
            var restart = answer.NextBarIndex < oldest;
            if (restart) LogAfresh(symbol.Symbol, name, answer.NextBarIndex, oldest);
            answer = await ask(Math.Max(answer.NextBarIndex, oldest), restart);
        }

        if (!answer.Taken) throw new InvalidOperationException($"strategy {name} was given bar {oldest} and needs bar {answer.NextBarIndex}");
        _answered[name] = bar.Bar.Index + 1;
        return answer.Decisions;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Symbol}: strategy {Strategy} failed on bar {BarIndex}; nothing is opened without its answer")]
    private partial void LogStrategyFailed(Exception exception, string symbol, string strategy, long barIndex);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Symbol}: strategy {Strategy} needs bar {Needed}, the oldest is {First}: it warms up from there")]
    private partial void LogAfresh(string symbol, string strategy, long needed, long first);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Symbol}: strategy {Strategy} gave no snapshot")]
    private partial void LogNoSnapshot(Exception exception, string symbol, string strategy);
}
