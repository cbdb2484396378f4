using Granary.Engine.Orders;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Accounts;

/// <summary>
/// A one-way position with its exact cost. The cost is the signed sum of price times quantity of what is still open, so that entry price, unrealised and
/// realised PnL all come from one exact number and a closed position leaves nothing behind.
/// </summary>
internal sealed class PositionState(AccountState account, ListedSymbol symbol, int fillsMax)
{
    public AccountState Account => account;

    public ListedSymbol Symbol => symbol;

    /// <summary>Signed base units.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>Signed quote units: positive for a long.</summary>
    public decimal Cost { get; private set; }

    public long UpdatedMs { get; private set; }

    /// <summary>Open orders in order of their ids.</summary>
    public List<AccountOrder> Orders { get; } = [];

    public BoundedList<ExchangeFill> Fills { get; } = new(fillsMax);

    public bool IsDirty { get; set; }

    public decimal EntryPrice => Quantity == 0 ? 0 : decimal.Round(Cost / Quantity, 8);

    public decimal UnrealizedPnl => (Quantity * symbol.MarkOrLast) - Cost;

    /// <summary>Books a fill and returns the realised PnL before the fee, rounded to eight decimals; the rounding stays in the cost of what is left.</summary>
    public decimal Apply(OrderSide side, decimal price, decimal quantity, long timeMs)
    {
        UpdatedMs = timeMs;
        IsDirty = true;
        var signed = (int)side * quantity;
        if (Quantity == 0 || Math.Sign(Quantity) == (int)side)
        {
            Quantity += signed;
            Cost += signed * price;
            return 0;
        }
        var closing = Math.Min(quantity, Math.Abs(Quantity));
        var proceeds = Math.Sign(Quantity) * closing * price;
        decimal pnl;
        if (closing == Math.Abs(Quantity))
        {
            pnl = decimal.Round(proceeds - Cost, 8);
            Cost = 0;
        }
        else
        {
            pnl = decimal.Round(proceeds - (Cost * closing / Math.Abs(Quantity)), 8);
            Cost -= proceeds - pnl;
        }
        Quantity += (int)side * closing;
        var opening = quantity - closing;
        if (opening != 0)
        {
            Quantity += (int)side * opening;
            Cost += (int)side * opening * price;
        }
        return pnl;
    }

    public void Restore(decimal quantity, decimal cost, long updatedMs)
    {
        Quantity = quantity;
        Cost = cost;
        UpdatedMs = updatedMs;
    }
}
