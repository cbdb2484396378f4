using Granary.Engine.Orders;

namespace Granary.Engine.Risk;

/// <summary>The account's limits on an entry: what is held and in flight plus the order may not be above any of them.</summary>
internal static class LimitChecks
{
    internal static Refusal? Check(in OrderDraft draft, in EntryCase entry, RiskLimits limits) =>
        OrderSize(in draft, in entry, limits) ?? Exposure(in entry, limits) ?? Orders(in entry, limits);

    /// <summary>The limits on exposure alone: position, direction, account and margin. What they allow, they allow less of.</summary>
    internal static Refusal? Exposure(in EntryCase entry, RiskLimits limits) =>
        Position(in entry, limits) ?? Side(in entry, limits) ?? Account(in entry, limits) ?? Margin(in entry, limits);

    /// <summary>The largest notional of a position in the symbol, quote units.</summary>
    internal static decimal PositionNotionalMax(string symbol, RiskLimits limits)
    {
        for (var i = 0; i < limits.SymbolLimits.Count; i++)
        {
            if (limits.SymbolLimits[i].Symbol == symbol) return limits.SymbolLimits[i].PositionNotionalMax;
        }
        return limits.PositionNotionalMax;
    }

    /// <summary>The venue's own count of open orders in a symbol; it holds for exits too.</summary>
    internal static Refusal? Venue(int symbolOrders, MarketContext market) => symbolOrders >= market.Rules.OrdersMax
        ? new Refusal(RefusalReason.OpenOrdersLimit, $"open={symbolOrders} max={market.Rules.OrdersMax} symbol={market.Rules.Symbol}")
        : null;

    /// <summary>A price far from the mark: a fat finger, or a book that has come loose. Market orders are judged by the price they would meet.</summary>
    internal static Refusal? Distance(in OrderDraft draft, MarketContext market, RiskLimits limits)
    {
        if (market.MarkPrice is not > 0) return null;
        var mark = market.MarkPrice.Value;
        var price = draft.Price ?? (draft.Side == OrderSide.Buy ? market.AskPrice : market.BidPrice) ?? market.LastPrice;
        return Math.Abs(price - mark) > limits.DistanceFromMarkMax * mark
            ? new Refusal(
                RefusalReason.DistanceFromMark,
                $"price={Number.Text(price)} mark={Number.Text(mark)} share={Number.Share(Math.Abs(price - mark), mark)} "
                + $"share_max={Number.Text(limits.DistanceFromMarkMax)}")
            : null;
    }

    /// <summary>An own or foreign order of the account that rests where the order would trade. Market exits are exempt: leaving matters more.</summary>
    internal static Refusal? SelfTrade(in OrderDraft draft, SymbolExposure symbol, MarketContext market)
    {
        var isBuy = draft.Side == OrderSide.Buy;
        if (draft.ReduceOnly && draft.Type == OrderType.Market) return null;
        var reach = draft.Price ?? (isBuy ? market.AskPrice : market.BidPrice) ?? market.LastPrice;
        foreach (var resting in symbol.Orders)
        {
            if (resting.IsFinal || resting.Side == draft.Side || resting.RestingPrice is not { } price) continue;
            if (isBuy ? price <= reach : price >= reach)
                return new Refusal(RefusalReason.SelfTrade, $"reach={Number.Text(reach)} order={resting.ClientOrderId} resting={Number.Text(price)}");
        }
        return null;
    }

    private static Refusal? OrderSize(in OrderDraft draft, in EntryCase entry, RiskLimits limits) => entry.Notional > limits.NotionalMaxPerOrder
        ? Over(RefusalReason.NotionalAboveMax, entry.Notional, limits.NotionalMaxPerOrder)
        : Distance(in draft, entry.Market, limits) ?? SelfTrade(in draft, entry.Symbol, entry.Market);

    private static Refusal? Position(in EntryCase entry, RiskLimits limits)
    {
        var position = entry.Use.Position + entry.Notional;
        if (position > limits.PositionEquityShareMax * entry.Equity)
            return Over(RefusalReason.PositionLimit, position, limits.PositionEquityShareMax * entry.Equity);
        var max = PositionNotionalMax(entry.Symbol.Symbol, limits);
        if (position > max) return Over(RefusalReason.PositionNotionalLimit, position, max);
        return position > entry.LeverageMax * entry.Equity ? Over(RefusalReason.SymbolLeverageLimit, position, entry.LeverageMax * entry.Equity) : null;
    }

    private static Refusal? Side(in EntryCase entry, RiskLimits limits)
    {
        var direction = entry.Use.Direction + entry.Notional;
        if (direction > limits.DirectionEquityShareMax * entry.Equity)
            return Over(RefusalReason.DirectionLimit, direction, limits.DirectionEquityShareMax * entry.Equity);
        if (entry.Use.OtherSymbols + 1 > limits.SymbolsPerSideMax)
            return new Refusal(RefusalReason.ConcentrationLimit, $"symbols={entry.Use.OtherSymbols + 1} max={limits.SymbolsPerSideMax} side={entry.Side}");
        for (var i = 0; i < limits.CorrelationGroups.Count; i++)
        {
            var group = limits.CorrelationGroups[i];
            if (!group.Contains(entry.Symbol.Symbol)) continue;
            var held = entry.Book.Direction(group, entry.Symbol, entry.Side, entry.Price) + entry.Notional;
            if (held > group.EquityShareMax * entry.Equity)
            {
                return new Refusal(
                    RefusalReason.CorrelationLimit,
                    $"notional={Number.Text(held)} max={Number.Text(group.EquityShareMax * entry.Equity)} group={group.Name} side={entry.Side}");
            }
        }
        return null;
    }

    private static Refusal? Account(in EntryCase entry, RiskLimits limits)
    {
        if (entry.Gross > limits.GrossNotionalEquityMax * entry.Equity)
            return Over(RefusalReason.GrossNotionalLimit, entry.Gross, limits.GrossNotionalEquityMax * entry.Equity);
        if (entry.Gross > limits.GrossNotionalMax) return Over(RefusalReason.GrossNotionalAboveMax, entry.Gross, limits.GrossNotionalMax);
        var net = entry.Use.Net + entry.Notional;
        if (net > limits.NetNotionalMax) return Over(RefusalReason.NetNotionalLimit, net, limits.NetNotionalMax);
        var own = Math.Min(entry.Wallet, entry.Equity);
        return entry.Gross > limits.LeverageMax * own ? Over(RefusalReason.LeverageLimit, entry.Gross, limits.LeverageMax * own) : null;
    }

    private static Refusal? Margin(in EntryCase entry, RiskLimits limits)
    {
        var margin = (entry.Gross / limits.MarginLeverage) + (entry.Notional * limits.TakerFeeRate);
        if (margin > entry.Equity)
            return new Refusal(RefusalReason.MarginInsufficient, $"margin={Number.Text(margin)} equity={Number.Text(entry.Equity)}");
        var maintenance = entry.Use.MaintenanceOthers + entry.Symbol.Maintenance(entry.Use.OwnWith(entry.Notional), limits.MaintenanceRate);
        return entry.Equity - maintenance < limits.LiquidationDistanceMin * entry.Gross
            ? new Refusal(
                RefusalReason.LiquidationDistance,
                $"equity={Number.Text(entry.Equity)} maintenance={Number.Text(maintenance)} notional={Number.Text(entry.Gross)} "
                + $"share={Number.Share(entry.Equity - maintenance, entry.Gross)} share_min={Number.Text(limits.LiquidationDistanceMin)}")
            : null;
    }

    private static Refusal? Orders(in EntryCase entry, RiskLimits limits) => entry.Use.OpenOrders >= limits.OpenOrdersMax
        ? new Refusal(RefusalReason.OpenOrdersLimit, $"open={entry.Use.OpenOrders} max={limits.OpenOrdersMax}")
        : Venue(ExposureBook.OpenOrdersOf(entry.Symbol), entry.Market);

    private static Refusal Over(RefusalReason reason, decimal value, decimal max) =>
        new(reason, $"notional={Number.Text(value)} max={Number.Text(max)}");
}
