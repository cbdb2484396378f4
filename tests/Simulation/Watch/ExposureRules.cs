using Granary.Engine.Risk;
using Granary.Exchange.Contracts;

namespace Granary.Simulation.Watch;

/// <summary>
/// The limits of the account, held against the exchange's own figures at every order and every fill. What the engine cannot know yet is allowed on top: trades
/// by hand and losses of the last moments. Prices move between an approval and its fill; that slack is <see cref="PriceSlack"/>.
/// </summary>
internal sealed class ExposureRules(RiskLimits limits, Evidence evidence, decimal wallet)
{
    /// <summary>How far a price may move, or a market order reach, between the gate's approval and the fill.</summary>
    public const decimal PriceSlack = 1.03m;

    /// <summary>An engine that hears nothing learns of everything by its reconciliation, every 30 s, and its answers may take a while.</summary>
    private static readonly TimeSpan KnownAfter = TimeSpan.FromSeconds(60);

    private readonly SortedDictionary<string, decimal> _positions = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, decimal> _marks = new(StringComparer.Ordinal);
    private readonly Queue<(DateTimeOffset Time, string Symbol, decimal Notional)> _foreign = new();
    private decimal _balance = wallet;
    private decimal _unrealized;
    private long _day;
    private decimal _dayEquity = wallet;
    private decimal _dayPnl;
    private DateTimeOffset? _lossSince;
    private DateTimeOffset? _stoppedSince;

    /// <summary>Largest gross notional seen, as a share of equity.</summary>
    public decimal GrossShareMax { get; private set; }

    /// <summary>Realised PnL net of fees of the worst UTC day, as a share of its opening equity.</summary>
    public decimal WorstDayShare { get; private set; }

    private decimal Equity => _balance + _unrealized;

    public void OnMark(string symbol, decimal mark) => _marks[symbol] = mark;

    public void OnWallet(ExchangeWallet wallet)
    {
        _balance = wallet.Balance;
        _unrealized = wallet.UnrealizedPnl;
        RollDay();
    }

    /// <summary>The operator's order is in force from now on; null when entries are allowed again.</summary>
    public void OnStopped(bool isStopped) => _stoppedSince = isStopped ? _stoppedSince ?? evidence.Now : null;

    public void OnOrder(ExchangeOrder order, ExchangeFill? fill, bool isNew)
    {
        RollDay();
        var isForeign = Evidence.IsForeign(order);
        if (isNew && !isForeign && !order.ReduceOnly) CheckEntry(order);
        if (fill is null) return;
        var before = _positions.GetValueOrDefault(fill.Symbol);
        var after = before + ((int)fill.Side * fill.Quantity);
        _positions[fill.Symbol] = after;
        _dayPnl += fill.RealizedPnl - fill.Fee;
        WorstDayShare = Math.Min(WorstDayShare, _dayPnl / _dayEquity);
        if (_dayPnl < -limits.DailyLossMax * _dayEquity) _lossSince ??= evidence.Now;
        if (isForeign) _foreign.Enqueue((evidence.Now, fill.Symbol, fill.Quantity * fill.Price));
        else if (Math.Abs(after) > Math.Abs(before) || before * after < 0) CheckIncrease(fill.Symbol, order);
    }

    private void CheckEntry(ExchangeOrder order)
    {
        var open = evidence.VenueOrders.Values.Count(o => Evidence.IsOpen(o) && !o.ReduceOnly);
        if (open > limits.OpenOrdersMax + _foreign.Count) evidence.Report("OpenOrdersLimit", $"{open} orders are open, the limit is {limits.OpenOrdersMax}");
        if (_stoppedSince is { } stopped && evidence.Now - stopped > KnownAfter)
            evidence.Report("NoEntryWhenStopped", $"entry {order.ClientOrderId} reached the exchange {evidence.Now - stopped} after the account was stopped");
        if (_lossSince is { } loss && evidence.Now - loss > KnownAfter)
            evidence.Report("NoEntryAfterDailyLoss", $"entry {order.ClientOrderId} reached the exchange {evidence.Now - loss} after the day's loss was {_dayPnl}");
    }

    private void CheckIncrease(string symbol, ExchangeOrder order)
    {
        while (_foreign.TryPeek(out var oldest) && evidence.Now - oldest.Time > KnownAfter) _foreign.Dequeue();
        var unknown = _foreign.Sum(f => f.Notional);
        var (longs, shorts) = (0m, 0m);
        foreach (var (name, quantity) in _positions)
        {
            var notional = quantity * _marks.GetValueOrDefault(name);
            if (notional > 0) longs += notional;
            else shorts -= notional;
        }

        var equity = Equity;
        GrossShareMax = Math.Max(GrossShareMax, (longs + shorts) / equity);
        var own = Math.Abs(_positions[symbol]) * _marks.GetValueOrDefault(symbol);
        Hold("PositionLimit", own, Math.Min(limits.PositionEquityShareMax * equity, limits.PositionNotionalMax));
        Hold("DirectionLimit", _positions[symbol] > 0 ? longs : shorts, limits.DirectionEquityShareMax * equity);
        Hold("GrossNotionalLimit", longs + shorts, Math.Min(limits.GrossNotionalEquityMax * equity, limits.GrossNotionalMax));
        Hold("NetNotionalLimit", Math.Abs(longs - shorts), limits.NetNotionalMax);
        Hold("LeverageLimit", longs + shorts, limits.LeverageMax * Math.Min(_balance, equity));

        void Hold(string rule, decimal notional, decimal limit)
        {
            if (notional > (limit * PriceSlack) + unknown)
                evidence.Report(rule, $"{order.ClientOrderId} brought {symbol} to {_positions[symbol]}: {notional:0.##} is above {limit:0.##} (+ {unknown:0.##} not known yet)");
        }
    }

    private void RollDay()
    {
        var day = evidence.Now.ToUnixTimeMilliseconds() / 86_400_000;
        if (day == _day) return;
        (_day, _dayEquity, _dayPnl, _lossSince) = (day, Equity, 0, null);
    }
}
