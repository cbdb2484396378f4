using Granary.Engine.Orders;

namespace Granary.Engine.Risk;

/// <summary>Whether the market is one to open in. A number that is not known is not judged, except the price; one that is no number is refused.</summary>
internal static class MarketChecks
{
    internal static Refusal? Check(OrderSide side, decimal price, MarketContext market, RiskLimits limits) =>
        Data(price, market, limits) ?? Maintenance(market, limits) ?? Spread(market, limits) ?? Activity(market, limits) ?? CrossMarket(side, market, limits);

    /// <summary>Whether the related market's flow points the order's way; null when it is not known.</summary>
    internal static bool? CrossMarketAgrees(OrderSide side, MarketContext market) =>
        market.CrossMarketFlow is { } flow ? (int)side * flow >= 0 : null;

    private static Refusal? Data(decimal price, MarketContext market, RiskLimits limits)
    {
        if (market.LastPrice <= 0 || price <= 0) return new Refusal(RefusalReason.NoPrice, $"symbol={market.Rules.Symbol}");
        if (market.DataAgeMs > limits.DataAgeMsMax)
            return new Refusal(RefusalReason.StaleData, $"age_ms={market.DataAgeMs} max_ms={limits.DataAgeMsMax}");
        if (market.FeedDoubt.Length > 0) return new Refusal(RefusalReason.StaleData, market.FeedDoubt);
        return market.ClockSkewMs > limits.ClockSkewMsMax || market.ClockSkewMs < -limits.ClockSkewMsMax
            ? new Refusal(RefusalReason.ClockSkew, $"skew_ms={market.ClockSkewMs} max_ms={limits.ClockSkewMsMax}")
            : null;
    }

    private static Refusal? Maintenance(MarketContext market, RiskLimits limits)
    {
        if (market.IsVenueInMaintenance) return new Refusal(RefusalReason.Maintenance, "window=venue");
        for (var i = 0; i < limits.MaintenanceWindows.Count; i++)
        {
            var window = limits.MaintenanceWindows[i];
            if (market.MarketTimeMs >= window.StartMs && market.MarketTimeMs < window.EndMs)
                return new Refusal(RefusalReason.Maintenance, $"window={window.Name} until={Number.Time(window.EndMs)}");
        }
        return null;
    }

    private static Refusal? Spread(MarketContext market, RiskLimits limits)
    {
        if (market.BidPrice is not { } bid || market.AskPrice is not { } ask) return null;
        var middle = (bid + ask) / 2;
        return ask < bid || ask - bid > limits.SpreadShareMax * middle
            ? new Refusal(
                RefusalReason.SpreadTooWide,
                $"bid={Number.Text(bid)} ask={Number.Text(ask)} share={Number.Share(ask - bid, middle)} share_max={Number.Text(limits.SpreadShareMax)}")
            : null;
    }

    private static Refusal? Activity(MarketContext market, RiskLimits limits) =>
        market.TradeIntensityShare is { } share && !(share >= limits.TradeIntensityShareMin)
            ? new Refusal(RefusalReason.ThinMarket, FormattableString.Invariant($"intensity_share={share} min={limits.TradeIntensityShareMin}"))
            : null;

    private static Refusal? CrossMarket(OrderSide side, MarketContext market, RiskLimits limits) =>
        limits.CrossMarketFlowMax is { } max && market.CrossMarketFlow is { } flow && !(-(int)side * flow <= max)
            ? new Refusal(RefusalReason.CrossMarketDisagrees, FormattableString.Invariant($"flow={flow} side={side} against_max={max}"))
            : null;
}
