using Granary.Engine.Orders;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>Writes what both versions of positionRisk share.</summary>
internal static class PositionJson
{
    private const int MoneyScale = 8;

    /// <summary>
    /// Begins the object; the caller adds its version's members and ends it. The break-even price is the entry price: the core keeps no other.
    /// </summary>
    public static void Begin(WireWriter w, SymbolFormat f, ExchangePosition position) => w.BeginObject()
        .Name("symbol"u8).Text(f.Symbol).Name("positionSide"u8).Value("\"BOTH\""u8).Name("positionAmt"u8).Decimal(position.Quantity, f.QuantityScale)
        .Name("entryPrice"u8).Decimal(position.EntryPrice, f.AverageScale).Name("breakEvenPrice"u8).Decimal(position.EntryPrice, f.AverageScale)
        .Name("markPrice"u8).Decimal(position.MarkPrice, MoneyScale).Name("unRealizedProfit"u8).Decimal(position.UnrealizedPnl, MoneyScale)
        .Name("liquidationPrice"u8).Decimal(position.LiquidationPrice, 0).Name("isolatedMargin"u8).Decimal(0, MoneyScale)
        .Name("notional"u8).Decimal(position.Quantity * position.MarkPrice, MoneyScale).Name("isolatedWallet"u8).Value("\"0\""u8)
        .Name("updateTime"u8).Number(position.UpdatedMs);

    /// <summary>A symbol without a position.</summary>
    public static ExchangePosition Flat(IExchange exchange, SymbolFormat f, int leverage) =>
        new(f.Symbol, 0, 0, exchange.GetMarkPrice(f.Symbol).Mark, 0, 0, 0, 0, 0, leverage, 0);

    /// <summary>Price times open quantity of the resting bids and asks, quote units.</summary>
    public static (decimal Bids, decimal Asks) OpenNotional(IReadOnlyList<ExchangeOrder> orders)
    {
        decimal bids = 0, asks = 0;
        foreach (var order in orders)
        {
            var notional = order.Price * (order.Quantity - order.ExecutedQuantity);
            if (order.Side == OrderSide.Buy) bids += notional;
            else asks += notional;
        }
        return (bids, asks);
    }
}
