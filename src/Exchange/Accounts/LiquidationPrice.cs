using Granary.Exchange.Contracts;

namespace Granary.Exchange.Accounts;

/// <summary>
/// The price at which the margin balance equals the maintenance margin if only this symbol moves (FAQ b3c689c1f50a44cabb3a84e663b81d93):
/// (WB - TMM1 + UPNL1 + cumB + cumL + cumS - SideB PosB EPB - PosL EPL + PosS EPS) / (PosB MMRB + PosL MMRL + PosS MMRS - SideB PosB - PosL + PosS),
/// with the brackets that hold at that price. Crossed: WB is the cross wallet, TMM1 and UPNL1 are the other symbols', and both legs of a hedge share one
/// price. Isolated: WB is the position's own wallet and nothing else counts.
/// </summary>
internal static class LiquidationPrice
{
    /// <summary>A price beyond this is none.</summary>
    private const decimal FarthestPrice = 1_000_000_000_000m;

    /// <summary>Quote units, rounded to eight decimals; 0 when there is none.</summary>
    public static decimal Of(PositionState leg)
    {
        if (leg.IsFlat) return 0;
        if (leg.Owner.IsIsolated) return Of(leg.IsolatedWallet, [leg], leg.Symbol.MarkOrLast, leg.Owner.Brackets);
        var wallet = MarginModel.CrossBalance(leg.Account);
        foreach (var book in leg.Account.Symbols)
        {
            if (book == leg.Owner || book.IsIsolated) continue;
            foreach (var other in book.Legs)
                if (!other.IsFlat) wallet += other.UnrealizedPnl - other.Maintenance;
        }
        return Of(wallet, Array.FindAll(leg.Owner.Legs, l => !l.IsFlat), leg.Symbol.MarkOrLast, leg.Owner.Brackets);
    }

    /// <summary>Tries every pairing of the legs (one or two) with brackets and keeps the price nearest to the mark at which all of them hold.</summary>
    private static decimal Of(decimal wallet, PositionState[] legs, decimal mark, BracketTable table)
    {
        var result = 0m;
        var second = legs.Length > 1 ? table.Brackets : [table.Brackets[0]];
        foreach (var a in table.Brackets)
        {
            foreach (var b in second)
            {
                var numerator = wallet + a.Cum - legs[0].Cost;
                var denominator = (Math.Abs(legs[0].Quantity) * a.MaintenanceRate) - legs[0].Quantity;
                if (legs.Length > 1)
                {
                    numerator += b.Cum - legs[1].Cost;
                    denominator += (Math.Abs(legs[1].Quantity) * b.MaintenanceRate) - legs[1].Quantity;
                }
                if (Math.Abs(denominator) * FarthestPrice <= Math.Abs(numerator)) continue;
                var price = numerator / denominator;
                if (price <= 0 || !Holds(table, a, legs[0], price) || (legs.Length > 1 && !Holds(table, b, legs[1], price))) continue;
                if (result == 0 || Math.Abs(price - mark) < Math.Abs(result - mark)) result = price;
            }
        }
        return decimal.Round(result, 8);
    }

    private static bool Holds(BracketTable table, LeverageBracket bracket, PositionState leg, decimal price)
    {
        var notional = Math.Abs(leg.Quantity) * price;
        return notional >= bracket.NotionalFloor && (notional <= bracket.NotionalCap || bracket == table.Brackets[^1]);
    }
}
