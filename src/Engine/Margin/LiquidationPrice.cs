namespace Granary.Engine.Margin;

/// <summary>
/// The mark price at which a one-way position is liquidated: where the margin balance equals the maintenance margin,
/// LP = (WB - TMM + UPNL + cum - Q * E) / (|Q| * MMR - Q) with signed Q, in the leverage step that contains |Q| * LP. Balance less maintenance margin moves
/// in one direction with the price, so there is exactly one such step.
/// </summary>
public static class LiquidationPrice
{
    /// <summary>Of an isolated position.</summary>
    /// <param name="quantity">Signed base units.</param>
    /// <param name="entryPrice">Quote units, 0 or more.</param>
    /// <param name="isolatedWallet">Margin of the position, quote units.</param>
    /// <param name="brackets">The symbol's leverage ladder.</param>
    /// <returns>Quote units; null when there is no position, or no price above 0 parts safety from liquidation (the venue shows 0).</returns>
    public static decimal? Isolated(decimal quantity, decimal entryPrice, decimal isolatedWallet, LeverageBrackets brackets) =>
        Of(quantity, entryPrice, isolatedWallet, brackets);

    /// <summary>Of a position in cross margin while the prices of all other symbols stand still.</summary>
    /// <param name="quantity">Signed base units.</param>
    /// <param name="entryPrice">Quote units, 0 or more.</param>
    /// <param name="crossWallet">Wallet balance of the cross account, quote units.</param>
    /// <param name="othersMaintenance">Maintenance margin of all other cross positions, quote units.</param>
    /// <param name="othersUnrealizedPnl">Unrealised PnL of all other cross positions, quote units.</param>
    /// <param name="brackets">The symbol's leverage ladder.</param>
    /// <returns>Quote units; null when there is no position, or no price above 0 parts safety from liquidation (the venue shows 0).</returns>
    public static decimal? Cross(
        decimal quantity, decimal entryPrice, decimal crossWallet, decimal othersMaintenance, decimal othersUnrealizedPnl, LeverageBrackets brackets) =>
        Of(quantity, entryPrice, crossWallet - othersMaintenance + othersUnrealizedPnl, brackets);

    private static decimal? Of(decimal quantity, decimal entryPrice, decimal margin, LeverageBrackets brackets)
    {
        if (quantity == 0) return null;
        var size = Math.Abs(quantity);
        for (var i = 0; ; i++)
        {
            var step = brackets.Steps[i];
            var price = (margin + brackets.Cumulative(i) - (quantity * entryPrice)) / ((size * step.MaintenanceRate) - quantity);
            if (price <= 0) return null;
            if (i == brackets.Steps.Count - 1 || size * price <= step.NotionalCap) return price;
        }
    }
}
