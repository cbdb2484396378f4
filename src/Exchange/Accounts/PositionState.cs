using Granary.Engine.Orders;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Accounts;

/// <summary>
/// A position with its exact cost. The cost is the signed sum of price times quantity of what is still open, so that entry price, unrealised and
/// realised PnL all come from one exact number and a closed position leaves nothing behind.
/// </summary>
internal sealed class PositionState(SymbolAccount owner, PositionSide side)
{
    public SymbolAccount Owner => owner;

    public AccountState Account => owner.Account;

    public ListedSymbol Symbol => owner.Symbol;

    public PositionSide Side => side;

    /// <summary>Signed base units.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>Signed quote units: positive for a long.</summary>
    public decimal Cost { get; private set; }

    /// <summary>Margin of an isolated position, part of the account's balance; 0 when crossed or flat.</summary>
    public decimal IsolatedWallet { get; private set; }

    /// <summary>PnL of all fills before fees, quote units; it goes on when the position is closed and opened again.</summary>
    public decimal RealizedPnl { get; private set; }

    /// <summary>Commission paid for what is still open, quote units; what closes takes its share along, and 0 is left when flat.</summary>
    public decimal OpeningFees { get; private set; }

    public long UpdatedMs { get; private set; }

    /// <summary>Whether the owner has been warned since the position was last safe.</summary>
    public bool IsWarned { get; set; }

    public bool IsFlat => Quantity == 0;

    public decimal EntryPrice => Quantity == 0 ? 0 : decimal.Round(Cost / Quantity, 8);

    /// <summary>The price at which closing would pay back the commission of what is open; 0 when flat.</summary>
    public decimal BreakEvenPrice => Quantity == 0 ? 0 : decimal.Round((Cost + OpeningFees) / Quantity, 8);

    public decimal Notional => Math.Abs(Quantity) * Symbol.MarkOrLast;

    public decimal UnrealizedPnl => (Quantity * Symbol.MarkOrLast) - Cost;

    public decimal Maintenance => Quantity == 0 ? 0 : owner.Brackets.Maintenance(Notional);

    /// <summary>What an isolated position may still lose.</summary>
    public decimal IsolatedBalance => IsolatedWallet + UnrealizedPnl;

    /// <summary>Books a fill and returns the realised PnL before the fee, rounded to eight decimals; the rounding stays in the cost of what is left.</summary>
    /// <param name="side">Buy or sell.</param>
    /// <param name="price">Quote units.</param>
    /// <param name="quantity">Base units.</param>
    /// <param name="timeMs">Market time.</param>
    /// <param name="rounding">What rounding took from the account when nothing is left, at most half a unit of the eighth decimal.</param>
    public decimal Apply(OrderSide side, decimal price, decimal quantity, long timeMs, out decimal rounding)
    {
        rounding = 0;
        Touch(timeMs);
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
            rounding = proceeds - Cost - pnl;
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

    /// <summary>
    /// Moves the isolated margin with a fill of the account's own order: what opens brings its initial margin, what closes takes its share along, and a loss
    /// beyond that share stays with what is left of the position.
    /// </summary>
    /// <param name="before">Signed quantity before the fill.</param>
    /// <param name="signed">Signed quantity of the fill.</param>
    /// <param name="price">Price of the fill.</param>
    /// <param name="pnl">PnL that the fill realised.</param>
    public void MoveMargin(decimal before, decimal signed, decimal price, decimal pnl)
    {
        var closing = Closing(before, signed);
        if (closing == Math.Abs(before))
        {
            IsolatedWallet = 0;
        }
        else if (closing != 0)
        {
            var share = decimal.Round(IsolatedWallet * closing / Math.Abs(before), 8);
            IsolatedWallet -= share;
            if (share + pnl < 0) IsolatedWallet += share + pnl;
        }
        IsolatedWallet += decimal.Round((Math.Abs(signed) - closing) * price / owner.Leverage, 8);
    }

    /// <summary>Keeps what a fill realised and cost. Of the fee of a fill that turns the position over, only the opening part's share is kept.</summary>
    /// <param name="before">Signed quantity before the fill.</param>
    /// <param name="signed">Signed quantity of the fill, not 0.</param>
    /// <param name="pnl">PnL that the fill realised.</param>
    /// <param name="fee">Commission of the fill.</param>
    public void AddResult(decimal before, decimal signed, decimal pnl, decimal fee)
    {
        RealizedPnl += pnl;
        var closing = Closing(before, signed);
        if (closing == 0)
        {
            OpeningFees += fee;
            return;
        }
        var held = Math.Abs(before);
        var traded = Math.Abs(signed);
        OpeningFees = (OpeningFees * (held - closing) / held) + (fee * (traded - closing) / traded);
    }

    /// <summary>Adds to the isolated margin.</summary>
    public void AddMargin(decimal amount, long timeMs)
    {
        IsolatedWallet += amount;
        Touch(timeMs);
    }

    public void Restore(decimal quantity, decimal cost, decimal isolatedWallet, long updatedMs, decimal realizedPnl, decimal openingFees)
    {
        RealizedPnl = realizedPnl;
        OpeningFees = openingFees;
        Quantity = quantity;
        Cost = cost;
        IsolatedWallet = isolatedWallet;
        UpdatedMs = updatedMs;
    }

    /// <summary>How much of a fill reduces what was held; not negative.</summary>
    private static decimal Closing(decimal before, decimal signed) =>
        Math.Sign(before) == -Math.Sign(signed) ? Math.Min(Math.Abs(signed), Math.Abs(before)) : 0;

    private void Touch(long timeMs)
    {
        UpdatedMs = timeMs;
        owner.IsDirty = true;
    }
}
