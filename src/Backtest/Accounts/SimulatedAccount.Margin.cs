using Granary.Engine.Margin;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Positions;

namespace Granary.Backtest.Accounts;

/// <content>Cross margin: where the account must be looked at, and what the venue does when it falls short.</content>
internal sealed partial class SimulatedAccount
{
    /// <summary>
    /// Called when a price has reached a symbol's bound: liquidates the largest position first, until the rest is covered. What the wallet lacks then is
    /// the venue's insurance fund's.
    /// </summary>
    public void CheckMargin(long nowMs)
    {
        while (Largest() is { } symbol && Equity <= Maintenance())
        {
            Journal.Liquidations++;
            var quantity = symbol.Ledger.Quantity;
            var side = quantity > 0 ? OrderSide.Sell : OrderSide.Buy;
            var price = symbol.Venue.Slipped(symbol.LastPrice, (int)side, Math.Abs(quantity));
            var fee = price * Math.Abs(quantity) * _execution.LiquidationFeeRate;
            var fill = new Fill(
                symbol.Rules.Symbol, ++_tradeIds, $"autoclose-{_tradeIds}", ++_venueOrderIds, side, price, Math.Abs(quantity), fee, _limits.MarginAsset, 0,
                false, nowMs);
            var realized = Book(symbol, fill, "", "Liquidation", 0);
            Journal.Liquidated(fill);
            _recorder?.Filled(fill);
            if (symbol.Tracker.ApplyFill(fill with { RealizedPnl = realized }) is not null) Gate.OnFill(fill with { RealizedPnl = realized });
            symbol.Known = KnownPosition.Flat with { Version = symbol.Version };
            symbol.Stops?.Protect(nowMs);
        }
        if (Wallet <= 0 && Largest() is null)
        {
            IsBankrupt = true;
            Journal.Shortfall -= Math.Min(Wallet, 0);
            Wallet = 0;
        }
        SetLiquidationBounds();
    }

    private decimal Maintenance()
    {
        var sum = 0m;
        foreach (var symbol in _symbols)
        {
            if (!symbol.Ledger.IsFlat) sum += symbol.Brackets.Maintenance(Math.Abs(symbol.Ledger.Quantity) * symbol.LastPrice);
        }
        return sum;
    }

    private AccountSymbol? Largest()
    {
        AccountSymbol? largest = null;
        var notional = 0m;
        foreach (var symbol in _symbols)
        {
            var own = Math.Abs(symbol.Ledger.Quantity) * symbol.LastPrice;
            if (own <= notional) continue;
            (largest, notional) = (symbol, own);
        }
        return largest;
    }

    /// <summary>
    /// Where each position's own price brings the account down while the others stand still. With several positions these are renewed every minute, and
    /// the check itself is exact.
    /// </summary>
    private void SetLiquidationBounds()
    {
        foreach (var symbol in _symbols)
        {
            symbol.LiquidationLowE8 = long.MinValue;
            symbol.LiquidationHighE8 = long.MaxValue;
            if (symbol.Ledger.IsFlat) continue;
            decimal maintenance = 0, unrealized = 0;
            foreach (var other in _symbols)
            {
                if (other == symbol || other.Ledger.IsFlat) continue;
                maintenance += other.Brackets.Maintenance(Math.Abs(other.Ledger.Quantity) * other.LastPrice);
                unrealized += other.Ledger.UnrealizedPnl(other.LastPrice);
            }
            if (LiquidationPrice.Cross(symbol.Ledger.Quantity, symbol.Ledger.EntryPrice, Wallet, maintenance, unrealized, symbol.Brackets) is not { } price)
                continue;
            var bound = price >= Fixed8.ToDecimal(Fixed8.Max) ? Fixed8.Max : (long)(price * Fixed8.One);
            if (symbol.Ledger.Quantity > 0) symbol.LiquidationLowE8 = bound;
            else symbol.LiquidationHighE8 = bound;
        }
    }
}
