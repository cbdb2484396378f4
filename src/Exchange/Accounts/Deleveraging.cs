using Granary.Engine.Market;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Accounts;

/// <summary>
/// Finds counterparties for a position that the insurance fund cannot bear: positions on the other side, those with the highest profit times effective
/// leverage first (losing ones by loss over leverage), are closed against it at its bankruptcy price.
/// </summary>
internal sealed class Deleveraging(Ledger ledger)
{
    /// <summary>Fills the order as far as there are counterparties.</summary>
    public void Fill(AccountOrder order, decimal price, long timeMs)
    {
        var ranked = new List<(decimal Score, PositionState Leg)>();
        foreach (var account in ledger.Accounts)
        {
            if (account == order.Account) continue;
            foreach (var leg in account.Symbols[order.Symbol.Index].Legs)
                if (Math.Sign(leg.Quantity) == (int)order.Side) ranked.Add((Score(leg), leg));
        }
        // A stable order: equal scores stay in the order of accounts.
        foreach (var (_, leg) in ranked.OrderByDescending(r => r.Score))
        {
            if (order.RemainingE8 == 0) return;
            var quantityE8 = Math.Min(order.RemainingE8, Fixed8.FromDecimal(Math.Abs(leg.Quantity)));
            var counter = ledger.AcceptForced(leg, Fixed8.ToDecimal(quantityE8), price, OrderOrigin.Deleveraging, timeMs);
            ledger.Settle(counter, price, price, quantityE8, timeMs);
            ledger.Settle(order, price, price, quantityE8, timeMs);
        }
    }

    private static decimal Score(PositionState leg)
    {
        var profit = leg.UnrealizedPnl / Math.Max(Math.Abs(leg.Cost), 0.00000001m);
        var balance = leg.Owner.IsIsolated ? leg.IsolatedBalance : MarginModel.Cross(leg.Account).Balance;
        var leverage = Math.Clamp(leg.Notional / Math.Max(balance, 0.00000001m), 0.000001m, 1_000_000m);
        return profit >= 0 ? profit * leverage : profit / leverage;
    }
}
