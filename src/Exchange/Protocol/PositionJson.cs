using Granary.Engine.Orders;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>Writes what both versions of positionRisk share.</summary>
internal static class PositionJson
{
    private const int MoneyScale = 8;

    /// <summary>Begins the object; the caller adds its version's members and ends it.</summary>
    public static void Begin(WireWriter w, SymbolFormat f, ExchangePosition position) => IsolatedWallet(w.BeginObject()
        .Name("symbol"u8).Text(f.Symbol).Name("positionSide"u8).Value(VenueWords.Quoted(position.PositionSide))
        .Name("positionAmt"u8).Decimal(position.Quantity, f.QuantityScale)
        .Name("entryPrice"u8).Decimal(position.EntryPrice, f.AverageScale).Name("breakEvenPrice"u8).Decimal(position.BreakEvenPrice, f.AverageScale)
        .Name("markPrice"u8).Decimal(position.MarkPrice, MoneyScale).Name("unRealizedProfit"u8).Decimal(position.UnrealizedPnl, MoneyScale)
        .Name("liquidationPrice"u8).Decimal(position.LiquidationPrice, 0).Name("isolatedMargin"u8).Decimal(position.IsolatedMargin, MoneyScale)
        .Name("notional"u8).Decimal(position.Quantity * position.MarkPrice, MoneyScale).Name("isolatedWallet"u8), position)
        .Name("updateTime"u8).Number(position.UpdatedMs);

    /// <summary>Writes the wallet of an isolated position; a crossed one has none.</summary>
    public static WireWriter IsolatedWallet(WireWriter w, ExchangePosition position) =>
        position.MarginType == MarginType.Isolated ? w.Decimal(position.IsolatedWallet, MoneyScale) : w.Value("\"0\""u8);

    /// <summary>Every symbol's positions in the account's mode, flat ones too.</summary>
    public static IEnumerable<(SymbolFormat Format, ExchangePosition Position)> All(RestRequestContext c, IEnumerable<SymbolFormat> symbols)
    {
        var known = c.Exchange.GetPositions(c.Account.Name, null).ToDictionary(position => (position.Symbol, position.PositionSide));
        PositionSide[] sides = c.Exchange.IsHedgeMode(c.Account.Name) ? [PositionSide.Long, PositionSide.Short] : [PositionSide.Both];
        foreach (var f in symbols)
        {
            var settings = c.Exchange.GetSettings(c.Account.Name, f.Symbol);
            foreach (var side in sides)
            {
                var position = known.GetValueOrDefault((f.Symbol, side))
                    ?? new ExchangePosition(f.Symbol, 0, 0, c.Exchange.GetMarkPrice(f.Symbol).Mark, 0, 0, 0, 0, 0, settings.Leverage, 0);
                yield return (f, position with { PositionSide = side, MarginType = settings.MarginType, NotionalMax = settings.NotionalMax });
            }
        }
    }

    /// <summary>Price times open quantity of the resting bids and asks, quote units.</summary>
    public static (decimal Bids, decimal Asks) OpenNotional(IEnumerable<ExchangeOrder> orders)
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
