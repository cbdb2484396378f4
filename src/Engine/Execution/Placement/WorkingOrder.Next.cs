using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Engine.Execution.Placement;

/// <content>What to do next, and at which price.</content>
public sealed partial class WorkingOrder
{
    /// <summary>What to do now. Asked again after everything that happens, and at the time that it names.</summary>
    /// <param name="rules">The venue's rules of the symbol.</param>
    /// <param name="nowMs">Now.</param>
    /// <param name="isReady">Whether books and venue have been compared: until then nothing is added.</param>
    public PlacementStep Next(SymbolRules rules, long nowMs, bool isReady = true)
    {
        if (Stage == WorkingStage.Over) return PlacementStep.Wait(null);
        Advance(nowMs);
        if (Parent.Live is { } live) return NextOf(in live, rules, nowMs);
        var left = Parent.Free;
        if (left == 0 || Stage == WorkingStage.Ending) return PlacementStep.End();
        if (Parent.IsUsedUp || IsTooSmall(left, rules))
        {
            Stop(Parent.IsUsedUp ? "no number is left for a further part" : "what is left is too small for an order");
            return PlacementStep.End();
        }
        if (!isReady && !ReduceOnly) return PlacementStep.Wait(nowMs + Policy.RepriceMs);
        if (nowMs < _resumeMs) return PlacementStep.Wait(Math.Min(_resumeMs, Stage == WorkingStage.Resting ? DeadlineMs : _resumeMs));
        if (Stage == WorkingStage.Crossing) return Cross(left, rules);
        var timeInForce = Policy.Style == PlacementStyle.PostOnly ? TimeInForce.Gtx : TimeInForce.Gtc;
        return Target(rules) is { } price
            ? PlacementStep.Limit(timeInForce, Math.Min(left, rules.FloorQuantity(rules.QuantityMax)), price)
            : PlacementStep.Wait(DeadlineMs);
    }

    private void Advance(long nowMs)
    {
        if (Stage == WorkingStage.Resting && nowMs >= DeadlineMs)
        {
            if (Policy.AtTimeout == PlacementTimeout.Cross) Hasten("its time is out");
            else Stop("its time is out");
        }
        if (Stage == WorkingStage.Crossing && !ReduceOnly && _crossAttempts == 0 && nowMs >= DeadlineMs + CrossWithinMs) Stop("it could not be crossed in time");
    }

    private PlacementStep NextOf(in ChildOrder live, SymbolRules rules, long nowMs)
    {
        var isCancelable = live.Status is OrderStatus.New or OrderStatus.PartiallyFilled or OrderStatus.PendingAmend;

        // Two at once are possible only where one that counted as over turns out to live.
        if (Parent.LiveCount > 1) return isCancelable ? PlacementStep.Cancel(live.Number) : PlacementStep.Wait(null);
        if (Stage == WorkingStage.Ending || (Stage == WorkingStage.Crossing && !IsCross(live.Type, live.TimeInForce)))
            return isCancelable ? PlacementStep.Cancel(live.Number) : PlacementStep.Wait(null);
        if (Stage == WorkingStage.Crossing) return PlacementStep.Wait(null);
        if (live.Status is not (OrderStatus.New or OrderStatus.PartiallyFilled) || live.Price is not { } price) return PlacementStep.Wait(DeadlineMs);

        // It only follows: an order that the market comes to is filled, and one that is the best itself must not run from its own price.
        if (Target(rules) is not { } target || Sign * (target - price) < Policy.RepriceTicks * rules.TickSize) return PlacementStep.Wait(DeadlineMs);
        var fromMs = _pricedMs + Policy.RepriceMs;
        return nowMs >= fromMs ? PlacementStep.Amend(live.Number, target) : PlacementStep.Wait(Math.Min(fromMs, DeadlineMs));
    }

    private PlacementStep Cross(decimal left, SymbolRules rules)
    {
        if (ReduceOnly) return PlacementStep.Market(Math.Min(left, rules.FloorQuantity(rules.MarketQuantityMax)));
        if (Bound(rules) is { } bound) return PlacementStep.Limit(TimeInForce.Ioc, Math.Min(left, rules.FloorQuantity(rules.QuantityMax)), bound);
        Stop("the bound is no price that the venue takes");
        return PlacementStep.End();
    }

    /// <summary>Where a limit order would be placed now: the distance behind its own side's best price, never past the bound; null where no price is known.</summary>
    private decimal? Target(SymbolRules rules)
    {
        if (Bound(rules) is not { } bound) return null;
        var (own, other) = Sign > 0 ? (_bid, _ask) : (_ask, _bid);
        var ticks = Policy.DistanceTicks + (Policy.Style == PlacementStyle.PostOnly ? Rejects : 0);
        var best = own ?? _last;
        if (best <= 0) return null;
        var price = OnTick(best, rules) - (Sign * ticks * rules.TickSize);

        // Beyond the other side it would take, which a post-only order must not.
        if (Policy.Style == PlacementStyle.PostOnly && other is { } limit && Sign * (price - limit) >= 0) price = limit - (Sign * rules.TickSize);
        if (Sign * (price - bound) > 0) price = bound;
        return price >= rules.PriceMin && price <= rules.PriceMax ? price : null;
    }

    /// <summary>The furthest price, on the tick nearer to the decision's; null where the venue takes none there.</summary>
    private decimal? Bound(SymbolRules rules)
    {
        var price = OnTick(DecisionPrice * (1 + (Sign * Policy.BoundShare)), rules);
        return price >= rules.PriceMin && price <= rules.PriceMax ? price : null;
    }

    /// <summary>The tick that is not further than the price on the order's side.</summary>
    private decimal OnTick(decimal price, SymbolRules rules) => Sign > 0 ? rules.FloorPrice(price) : rules.CeilingPrice(price);

    private bool IsTooSmall(decimal left, SymbolRules rules) =>
        left < rules.QuantityMin || (!ReduceOnly && left * (Target(rules) ?? _last) < rules.NotionalMin);
}
