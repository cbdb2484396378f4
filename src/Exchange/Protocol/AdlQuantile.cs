using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>
/// A position's place in the queue for automatic deleveraging, 0 (last) to 4 (first): by profit over cost times effective leverage, among the positions of all
/// accounts on the same side of the symbol; losing ones by loss over leverage.
/// </summary>
internal static class AdlQuantile
{
    private const int Quantiles = 5;

    /// <summary>The quantile; 0 for a flat position.</summary>
    public static int Of(IExchange exchange, IReadOnlyList<string> accounts, string account, ExchangePosition position)
    {
        if (position.Quantity == 0) return 0;
        var own = Score(exchange, account, position);
        var (all, notAbove) = (1, 1);
        foreach (var other in accounts)
        {
            if (other == account) continue;
            foreach (var each in exchange.GetPositions(other, position.Symbol))
            {
                if (Math.Sign(each.Quantity) != Math.Sign(position.Quantity)) continue;
                all++;
                if (Score(exchange, other, each) <= own) notAbove++;
            }
        }
        return (((Quantiles * notAbove) + all - 1) / all) - 1;
    }

    private static decimal Score(IExchange exchange, string account, ExchangePosition position)
    {
        const decimal Least = 0.00000001m;
        var profit = position.UnrealizedPnl / Math.Max(Math.Abs(position.Quantity * position.EntryPrice), Least);
        var wallet = exchange.GetWallet(account);
        var margin = position.MarginType == MarginType.Isolated ? position.IsolatedMargin : wallet.CrossBalance + wallet.CrossUnrealizedPnl;
        var leverage = Math.Clamp(Math.Abs(position.Quantity * position.MarkPrice) / Math.Max(margin, Least), 0.000001m, 1_000_000m);
        return profit >= 0 ? profit * leverage : profit / leverage;
    }
}
