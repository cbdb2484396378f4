namespace Granary.Exchange.Tests.Doubles;

/// <summary>What must hold of wallets, positions and fills at every moment.</summary>
internal static class Wallets
{
    /// <summary>Every wallet follows from its fills and its income, and the exchange as a whole from its deposits: to the last decimal.</summary>
    public static void ShouldAddUp(this ExchangeCore exchange, params string[] accounts)
    {
        foreach (var account in accounts)
        {
            var wallet = exchange.GetWallet(account);
            wallet.Balance.ShouldBe(wallet.Initial + wallet.RealizedPnl - wallet.Fees + wallet.Funding + wallet.Transfers + wallet.InsuranceClear);
            wallet.Balance.ShouldBe(wallet.Initial + exchange.GetIncome(account, null, null, 0, long.MaxValue, int.MaxValue).Sum(i => i.Amount));
            decimal realized = 0, fees = 0;
            foreach (var symbol in exchange.Symbols)
            {
                var fills = exchange.GetUserTrades(account, symbol.Symbol, 0, int.MaxValue);
                realized += fills.Sum(f => f.RealizedPnl);
                fees += fills.Sum(f => f.Fee);
                var quantity = exchange.GetPositions(account, symbol.Symbol).Sum(p => p.Quantity);
                quantity.ShouldBe(fills.Sum(f => (int)f.Side * f.Quantity));
                fills.Select(f => f.TradeId).ShouldBe(fills.Select(f => f.TradeId).Order());
            }
            wallet.RealizedPnl.ShouldBe(realized);
            wallet.Fees.ShouldBe(fees);
        }
        exchange.GetTotals().Difference.ShouldBe(0);
    }

    /// <summary>What one account has won or lost before fees, the others have lost or won, to the last decimal.</summary>
    public static void ShouldBeZeroSum(this ExchangeCore exchange, params string[] accounts)
    {
        var sum = 0m;
        foreach (var account in accounts)
        {
            var wallet = exchange.GetWallet(account);
            sum += wallet.RealizedPnl + wallet.UnrealizedPnl;
        }
        sum.ShouldBe(0);
    }
}
