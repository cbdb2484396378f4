using Granary.Backtest.Configuration;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Protection;
using Granary.Engine.Risk;

namespace Granary.Backtest.Accounts;

/// <summary>
/// The protective stops of one symbol that rest at the simulated venue. What the position needs and what rests there is the live engine's kernel to
/// compare; here its steps take their way to the venue, where a price that reaches a stop makes it an order at market.
/// </summary>
internal sealed class VenueStops(SimulatedAccount account, AccountSymbol symbol, ProtectionTerms terms, GuardParameters guard)
{
    /// <summary>Why a position was left that its stop at the venue ended.</summary>
    public const string Reason = "StopAtVenue";

    private readonly ProtectiveStops _kernel = new(SimulatedAccount.EngineName, SimulatedAccount.AccountName);
    private readonly SortedDictionary<string, ProtectiveStop> _resting = new(StringComparer.Ordinal);
    private readonly PriorityQueue<(StopEvent Kind, ProtectiveStop Stop), (long DueMs, long Number)> _events = new();
    private (string OpeningId, decimal Price)? _told;
    private long _number;

    private enum StopEvent
    {
        /// <summary>The stop reaches the venue.</summary>
        Arrives,

        /// <summary>The engine hears that it rests.</summary>
        Rests,

        /// <summary>Its cancel reaches the venue.</summary>
        CancelArrives,

        /// <summary>The engine hears that it is cancelled.</summary>
        Canceled,

        /// <summary>The time of another attempt has come.</summary>
        Retry,
    }

    /// <summary>Whether a stop rests, or anything is on its way.</summary>
    public bool IsBusy => _resting.Count > 0 || _events.Count > 0;

    /// <summary>When something arrives next; long.MaxValue for never.</summary>
    public long NextMs => _events.TryPeek(out _, out var next) ? next.DueMs : long.MaxValue;

    /// <summary>The protection's own stop has moved; away from the market it never does.</summary>
    public void Tell(string openingId, decimal price, long nowMs)
    {
        if (_told == (openingId, price)) return;
        _told = (openingId, price);
        Protect(nowMs);
    }

    /// <summary>The position is another one, or something came of a step: does the next ones.</summary>
    public void Protect(long nowMs)
    {
        while (true)
        {
            var plan = _kernel.Plan(Target(), symbol.Known.Quantity == 0, nowMs);
            if (plan.Place is { } stop) Place(stop, nowMs);
            foreach (var id in plan.Cancel)
            {
                if (_kernel.OnCanceling(id, nowMs) is { } canceling) Later(StopEvent.CancelArrives, canceling, account.StopWayMs(nowMs));
            }
            if (plan.Place is null) return;
        }
    }

    /// <summary>Lets time pass: arrivals and what the engine hears of them.</summary>
    public void OnTime(long nowMs)
    {
        while (_events.TryPeek(out var next, out var due) && due.DueMs <= nowMs)
        {
            _events.Dequeue();
            Happen(next.Kind, next.Stop, due.DueMs);
        }
    }

    /// <summary>Takes a price: stops that it reaches are orders from now on.</summary>
    public void OnPrice(WorkingPrice kind, long priceE8, long nowMs)
    {
        if (kind != terms.WorkingPrice || _resting.Count == 0) return;
        var price = Fixed8.ToDecimal(priceE8);
        foreach (var stop in _resting.Values.Where(stop => (int)stop.Side * (price - stop.TriggerPrice) >= 0).ToArray())
        {
            _resting.Remove(stop.ClientId);
            var quantity = Math.Min(stop.Quantity ?? decimal.MaxValue, symbol.HeldAgainst(stop.Side));
            if (quantity > 0) account.Trigger(symbol, stop, quantity, nowMs);
            else Later(StopEvent.Canceled, stop, nowMs + account.ReportLagMs);
        }
    }

    /// <summary>Takes what became of the order that a stop was set off to be.</summary>
    public void OnOrder(TrackedOrder order, long nowMs)
    {
        if (_kernel.OnTriggered(order.ClientOrderId, nowMs) is null && _kernel.Find(order.ClientOrderId) is null) return;
        if (!order.IsLive) _kernel.OnOrderOver(order.ClientOrderId, nowMs);
    }

    private void Place(ProtectiveStop stop, long nowMs)
    {
        var market = new MarketContext(symbol.Rules, symbol.LastPrice, null, null, symbol.LastPrice, 0, nowMs);
        var request = new TriggerRequest(symbol.Rules.Symbol, stop.Side, TriggerKind.Stop, stop.TriggerPrice, stop.Quantity);
        if (RiskGate.CheckTrigger(request, symbol.Known.Quantity, market) is not { } refusal)
        {
            Later(StopEvent.Arrives, stop, account.StopWayMs(nowMs));
            return;
        }
        var meaning = refusal.Reason == RefusalReason.TriggerWouldFire ? StopRefusal.WouldTrigger : StopRefusal.Unsupported;
        _kernel.OnRefused(stop.ClientId, meaning, refusal.Detail, nowMs, terms.RetryMs);
        Later(StopEvent.Retry, stop, nowMs + terms.RetryMs);
    }

    private void Happen(StopEvent kind, ProtectiveStop stop, long nowMs)
    {
        switch (kind)
        {
            case StopEvent.Arrives:
                _resting[stop.ClientId] = stop;
                Later(StopEvent.Rests, stop, nowMs + account.ReportLagMs);
                return;
            case StopEvent.Rests:
                _kernel.OnReport(
                    new TriggerOrderReport(
                        symbol.Rules.Symbol, stop.ClientId, 0, TriggerOrderStatus.Waiting, stop.Side, true, stop.TriggerPrice, stop.Quantity, true, 0, "",
                        nowMs),
                    nowMs);
                break;
            case StopEvent.CancelArrives when _resting.Remove(stop.ClientId):
                Later(StopEvent.Canceled, stop, nowMs + account.ReportLagMs);
                return;
            case StopEvent.Canceled:
                _kernel.OnCanceled(stop.ClientId, nowMs);
                break;
        }
        Protect(nowMs);
    }

    private void Later(StopEvent kind, ProtectiveStop stop, long dueMs) => _events.Enqueue((kind, stop), (dueMs, ++_number));

    private StopTarget? Target()
    {
        var held = symbol.Known;
        if (held.Quantity == 0 || held.Atr is not (> 0 and < 1e15) || !ClientOrderId.TryParse(held.OpeningId, out _)) return null;
        var side = held.Quantity > 0 ? OrderSide.Buy : OrderSide.Sell;
        var price = new PositionGuard(side, held.EntryPrice, (decimal)held.Atr.Value, guard).HardStop;
        if (_told is { } told && told.OpeningId == held.OpeningId && (int)side * (told.Price - price) > 0) price = told.Price;
        price = side == OrderSide.Buy ? symbol.Rules.CeilingPrice(price) : symbol.Rules.FloorPrice(price);
        if (price < symbol.Rules.PriceMin || price > symbol.Rules.PriceMax) return null;
        return new StopTarget(held.OpeningId, side == OrderSide.Buy ? OrderSide.Sell : OrderSide.Buy, price, Math.Abs(held.Quantity));
    }
}
