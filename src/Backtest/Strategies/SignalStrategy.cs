using Granary.Backtest.Accounts;
using Granary.Engine.Decisions;
using Granary.Engine.Features;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Protection;
using Granary.Engine.Risk;

namespace Granary.Backtest.Strategies;

/// <summary>
/// The engine's three signals as they run live: regime, momentum and mean reversion, combined, with the protection of formulas §4.3 on every trade. The same
/// kernels decide; what a symbol's grain does around them is here.
/// </summary>
public sealed class SignalStrategy : TradingStrategy
{
    private const long ExitRepeatMs = 5_000;
    private const long RefusedRepeatMs = 50;

    private readonly DecisionOptions _options;
    private readonly GuardParameters _guards;
    private readonly DecisionStep _step;
    private PositionGuard? _guard;
    private KnownPosition _guarded = KnownPosition.Flat;
    private double? _slope;
    private long _askedMs = long.MinValue / 2;
    private long _askedVersion = -1;
    private int _attempts;

    /// <summary>The strategy before its first bar.</summary>
    /// <param name="options">Signals, and how they become entries.</param>
    /// <param name="guards">Protection; null for the default profile.</param>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public SignalStrategy(DecisionOptions options, GuardParameters? guards = null)
    {
        _options = options;
        _guards = guards ?? GuardProfiles.Atr;
        _guards.Validate();
        _step = new DecisionStep(options);
    }

    /// <inheritdoc/>
    public override string Name => "signals";

    /// <inheritdoc/>
    public override bool NeedsBars => true;

    /// <inheritdoc/>
    public override bool WatchesTrades => _guard is not null;

    /// <summary>What the last bar led to; null before the first.</summary>
    public BarVerdict? LastVerdict { get; private set; }

    /// <inheritdoc/>
    public override void OnBar(StrategyContext context, FeatureBar bar)
    {
        var verdict = _step.Take(bar);
        LastVerdict = verdict;
        _slope = verdict.Slope;
        var isStopped = false;
        if (_guard is not null && bar.Bar.OpenTimeMs >= _guarded.SinceMs && _guard.OnBar(verdict.Guard) is { } exit)
        {
            isStopped = true;
            Leave(context, exit.Reason.ToString(), exit.Price);
        }
        if (!isStopped && _guard is not null && bar.Bar.CloseTimeMs > _guarded.SinceMs && verdict.ExitOf(_guarded.Strategy) is { } reason)
            Leave(context, reason, bar.Bar.Close);
        if (verdict.Entry is { } entry) Enter(context, entry, bar, verdict);
    }

    /// <inheritdoc/>
    public override void OnTrade(StrategyContext context, in AggTrade trade)
    {
        if (_guard is null || trade.TimeMs < _guarded.SinceMs || _guard.OnTrade(trade.Price) is not { } exit) return;
        Leave(context, exit.Reason.ToString(), exit.Price);
    }

    /// <inheritdoc/>
    public override void OnPosition(StrategyContext context)
    {
        var position = context.Position;
        if (position.Quantity == 0 || position.Atr is not { } atr || atr <= 0)
        {
            _guard = null;
            _guarded = KnownPosition.Flat;
            return;
        }
        var side = position.Quantity > 0 ? OrderSide.Buy : OrderSide.Sell;
        var isSame = _guard is not null && _guarded.OpeningId == position.OpeningId;
        if (!isSame) _attempts = 0;
        if (!isSame || _guard!.Side != side || _guard.EntryPrice != position.EntryPrice)
            _guard = new PositionGuard(side, position.EntryPrice, (decimal)atr, _guards, _slope);
        _guarded = position;
    }

    private void Enter(StrategyContext context, EntryIntent entry, FeatureBar bar, BarVerdict verdict) => context.Propose(new Proposal(
        context.Account, context.Symbol, entry.Strategy,
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{entry.Strategy}/{context.Symbol}/{bar.Bar.Index}/entry"), ProposalKind.Entry,
        entry.Side, entry.Strength, bar.Features.Atr, bar.Bar.Close, bar.Bar.CloseTimeMs, bar.Bar.Index, null, verdict.Report.Regime.Regime.ToString())
    {
        RegimeFactor = entry.SizeFactor,
        Signals = entry.Signals,
        ExpectedProfit = entry.ExpectedProfit,
    });

    private void Leave(StrategyContext context, string reason, decimal price)
    {
        if (_askedVersion == _guarded.Version && context.TimeMs - _askedMs < ExitRepeatMs) return;
        _askedVersion = _guarded.Version;
        _askedMs = context.TimeMs;
        _attempts++;
        var side = _guarded.Quantity > 0 ? OrderSide.Sell : OrderSide.Buy;
        var order = context.Propose(new Proposal(
            context.Account, context.Symbol, _guarded.Strategy,
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_guarded.Strategy}/{context.Symbol}/{_guarded.OpeningId}/exit/{_attempts}"),
            ProposalKind.Exit, side, 1, null, price, context.TimeMs, -1, null, reason));
        if (order is null) _askedMs = context.TimeMs - ExitRepeatMs + RefusedRepeatMs;
    }
}
