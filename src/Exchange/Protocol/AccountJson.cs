using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>Writes the account: version 3 names symbols with a position or open orders, version 2 all symbols with their settings.</summary>
internal static class AccountJson
{
    private const int MoneyScale = 8;

    public static void Write(RestRequestContext c, bool hasSettings)
    {
        var wallet = c.Exchange.GetWallet(c.Account.Name);
        var positions = c.Exchange.GetPositions(c.Account.Name, null);
        var position = positions.Sum(p => p.InitialMargin);
        var openOrder = positions.Sum(p => p.OpenOrderMargin);
        var maintenance = positions.Sum(p => p.MaintenanceMargin);
        var w = c.Writer.BeginObject();
        if (hasSettings)
        {
            w.Name("feeTier"u8).Number(0).Name("canTrade"u8).Bool(true).Name("canDeposit"u8).Bool(false).Name("canWithdraw"u8).Bool(false)
                .Name("updateTime"u8).Number(0).Name("multiAssetsMargin"u8).Bool(false).Name("tradeGroupId"u8).Number(-1);
        }
        w.Name("totalInitialMargin"u8).Decimal(position + openOrder, MoneyScale).Name("totalMaintMargin"u8).Decimal(maintenance, MoneyScale)
            .Name("totalWalletBalance"u8).Decimal(wallet.Balance, MoneyScale).Name("totalUnrealizedProfit"u8).Decimal(wallet.UnrealizedPnl, MoneyScale)
            .Name("totalMarginBalance"u8).Decimal(wallet.Balance + wallet.UnrealizedPnl, MoneyScale)
            .Name("totalPositionInitialMargin"u8).Decimal(position, MoneyScale).Name("totalOpenOrderInitialMargin"u8).Decimal(openOrder, MoneyScale)
            .Name("totalCrossWalletBalance"u8).Decimal(wallet.CrossBalance, MoneyScale).Name("totalCrossUnPnl"u8).Decimal(wallet.CrossUnrealizedPnl, MoneyScale)
            .Name("availableBalance"u8).Decimal(wallet.Available, MoneyScale).Name("maxWithdrawAmount"u8).Decimal(wallet.WithdrawMax, MoneyScale)
            .Name("assets"u8).BeginArray().BeginObject().Name("asset"u8).Value("\"USDT\""u8).Name("walletBalance"u8).Decimal(wallet.Balance, MoneyScale)
            .Name("unrealizedProfit"u8).Decimal(wallet.UnrealizedPnl, MoneyScale)
            .Name("marginBalance"u8).Decimal(wallet.Balance + wallet.UnrealizedPnl, MoneyScale).Name("maintMargin"u8).Decimal(maintenance, MoneyScale)
            .Name("initialMargin"u8).Decimal(position + openOrder, MoneyScale).Name("positionInitialMargin"u8).Decimal(position, MoneyScale)
            .Name("openOrderInitialMargin"u8).Decimal(openOrder, MoneyScale).Name("crossWalletBalance"u8).Decimal(wallet.CrossBalance, MoneyScale)
            .Name("crossUnPnl"u8).Decimal(wallet.CrossUnrealizedPnl, MoneyScale).Name("availableBalance"u8).Decimal(wallet.Available, MoneyScale)
            .Name("maxWithdrawAmount"u8).Decimal(wallet.WithdrawMax, MoneyScale);
        if (hasSettings) w.Name("marginAvailable"u8).Bool(true);
        w.Name("updateTime"u8).Number(wallet.UpdatedMs).EndObject().EndArray().Name("positions"u8).BeginArray();
        var shown = hasSettings ? PositionJson.All(c, c.Symbols.All) : positions.Select(p => (c.Symbols.Get(p.Symbol), p));
        foreach (var (f, each) in shown) Position(w, f, each, hasSettings);
        w.EndArray().EndObject();
    }

    private static void Position(WireWriter w, SymbolFormat f, ExchangePosition position, bool hasSettings)
    {
        w.BeginObject().Name("symbol"u8).Text(f.Symbol).Name("positionSide"u8).Value(VenueWords.Quoted(position.PositionSide))
            .Name("positionAmt"u8).Decimal(position.Quantity, f.QuantityScale).Name("unrealizedProfit"u8).Decimal(position.UnrealizedPnl, MoneyScale)
            .Name("isolatedMargin"u8).Decimal(position.IsolatedMargin, MoneyScale).Name("notional"u8).Decimal(position.Quantity * position.MarkPrice, MoneyScale)
            .Name("isolatedWallet"u8);
        PositionJson.IsolatedWallet(w, position).Name("initialMargin"u8).Decimal(position.InitialMargin + position.OpenOrderMargin, MoneyScale)
            .Name("maintMargin"u8).Decimal(position.MaintenanceMargin, MoneyScale);
        if (hasSettings)
        {
            w.Name("positionInitialMargin"u8).Decimal(position.InitialMargin, MoneyScale)
                .Name("openOrderInitialMargin"u8).Decimal(position.OpenOrderMargin, MoneyScale).Name("leverage"u8).Decimal(position.Leverage, 0)
                .Name("isolated"u8).Bool(position.MarginType == MarginType.Isolated).Name("entryPrice"u8).Decimal(position.EntryPrice, f.AverageScale)
                .Name("breakEvenPrice"u8).Decimal(position.BreakEvenPrice, f.AverageScale).Name("maxNotional"u8).Decimal(position.NotionalMax, 0)
                .Name("bidNotional"u8).Value("\"0\""u8).Name("askNotional"u8).Value("\"0\""u8);
        }
        w.Name("updateTime"u8).Number(position.UpdatedMs).EndObject();
    }
}
