using Granary.Engine.Decisions;
using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Engine.Protection;
using Granary.Engine.Sizing;

namespace Granary.Backtest.Strategies;

/// <summary>
/// The engine's three signals as they run live: regime, momentum and mean reversion, combined, with the protection of formulas §4.3 on every trade. What
/// decides, what is asked and when are the kernels of the live engine; a symbol's events in their order are here.
/// </summary>
public sealed class SignalStrategy : TradingStrategy
{
    // A backtest has one life; live, each start of the engine is another.
    private const long Life = 1;

    private readonly GuardParameters _guards;
    private readonly VolatilityLeverage _leverage;
    private readonly DecisionStep _step;
    private ProtectedPosition? _position;
    private double? _slope;
    private long _nextBar;

    /// <summary>The strategy before its first bar.</summary>
    /// <param name="options">Signals, and how they become entries.</param>
    /// <param name="guards">Protection; null for the default profile.</param>
    /// <param name="leverage">Largest leverage of an entry by the market's volatility; null for the default.</param>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public SignalStrategy(DecisionOptions options, GuardParameters? guards = null, VolatilityLeverage? leverage = null)
    {
        _guards = guards ?? GuardProfiles.Atr;
        _guards.Validate();
        _leverage = leverage ?? new VolatilityLeverage();
        _leverage.Validate();
        _step = new DecisionStep(options);
    }

    /// <inheritdoc/>
    public override string Name => "signals";

    /// <inheritdoc/>
    public override bool NeedsBars => true;

    /// <inheritdoc/>
    public override bool WatchesTrades => _position is not null;

    /// <summary>What the last bar led to; null before the first.</summary>
    public BarVerdict? LastVerdict { get; private set; }

    /// <inheritdoc/>
    public override void OnBar(StrategyContext context, FeatureBar bar)
    {
        var verdict = _step.Take(bar);
        LastVerdict = verdict;
        _slope = verdict.Slope;
        _nextBar = bar.Bar.Index + 1;
        if (_position is { } held)
        {
            if (held.OnBar(bar.Bar, verdict.Guard) is { } exit) Leave(context, held, exit.Reason.ToString(), exit.Price);
            else if (held.SignalExit(verdict.Report.Combined.Action, verdict.Report.Reversion, verdict.Rules, bar.Bar) is { } reason)
                Leave(context, held, reason, bar.Bar.Close);
            context.Protect(held.OpeningId, held.Guard.RestingStop);
        }
        if (verdict.Entry is not { } entry) return;
        var leverage = _leverage.Of(context.Volatility);
        context.Propose(entry.ToProposal(context.Account, context.Symbol, leverage.Leverage, isExitMaker: false, verdict.Report.Regime.Regime.ToString()));
    }

    /// <inheritdoc/>
    public override void OnTrade(StrategyContext context, in AggTrade trade)
    {
        if (_position?.OnTrade(trade.TimeMs, trade.Price) is { } exit) Leave(context, _position, exit.Reason.ToString(), exit.Price);
    }

    /// <inheritdoc/>
    public override void OnPosition(StrategyContext context)
    {
        var known = context.Position;
        var held = new HeldPosition(
            context.Account, known.Quantity, known.EntryPrice, known.Atr, known.Strategy, known.OpeningId, known.Version);
        _position = ProtectedPosition.Next(_position, held, known.SinceMs, _slope, _guards);
    }

    private void Leave(StrategyContext context, ProtectedPosition held, string reason, decimal price)
    {
        if (!held.TryAsk(context.TimeMs)) return;
        var exit = held.Exit(context.Symbol, Life, price, context.TimeMs, _nextBar, reason) with { IsPatient = reason == ProtectedPosition.BackAtVwap };
        if (context.Propose(exit) is null) held.Refused(context.TimeMs);
    }
}
