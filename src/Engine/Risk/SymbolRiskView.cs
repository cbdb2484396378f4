namespace Granary.Engine.Risk;

/// <summary>A symbol of an account as the risk gate sees it.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Quantity">Signed base units.</param>
/// <param name="EntryPrice">Quote units; 0 when flat.</param>
/// <param name="MarkPrice">Latest mark price, or null.</param>
/// <param name="UnrealizedPnl">At the mark price, quote units.</param>
/// <param name="RealizedPnl">Since the beginning, before fees.</param>
/// <param name="Fees">Since the beginning, in the margin asset.</param>
/// <param name="Strategy">Who opened the position, or empty.</param>
/// <param name="BuyInFlight">Base units that buy orders may still add.</param>
/// <param name="SellInFlight">Base units that sell orders may still add.</param>
/// <param name="LongNotional">Worst case long, orders in flight included, quote units.</param>
/// <param name="ShortNotional">Worst case short, orders in flight included, quote units.</param>
/// <param name="LastTradeId">The last fill counted.</param>
public sealed record SymbolRiskView(
    string Symbol, decimal Quantity, decimal EntryPrice, decimal? MarkPrice, decimal UnrealizedPnl, decimal RealizedPnl, decimal Fees, string Strategy,
    decimal BuyInFlight, decimal SellInFlight, decimal LongNotional, decimal ShortNotional, long LastTradeId);
