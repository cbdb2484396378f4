using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>Writes the account: version 3 names symbols with a position or open orders, version 2 all symbols with their settings.</summary>
internal static class AccountJson
{
    private const int MoneyScale = 8;

    public static void Write(RestRequestContext c, bool hasSettings, RestOptions options)
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
            .Name("totalCrossWalletBalance"u8).Decimal(wallet.Balance, MoneyScale).Name("totalCrossUnPnl"u8).Decimal(wallet.UnrealizedPnl, MoneyScale)
            .Name("availableBalance"u8).Decimal(wallet.Available, MoneyScale).Name("maxWithdrawAmount"u8).Decimal(Withdrawable(wallet), MoneyScale)
            .Name("assets"u8).BeginArray().BeginObject().Name("asset"u8).Value("\"USDT\""u8).Name("walletBalance"u8).Decimal(wallet.Balance, MoneyScale)
            .Name("unrealizedProfit"u8).Decimal(wallet.UnrealizedPnl, MoneyScale)
            .Name("marginBalance"u8).Decimal(wallet.Balance + wallet.UnrealizedPnl, MoneyScale).Name("maintMargin"u8).Decimal(maintenance, MoneyScale)
            .Name("initialMargin"u8).Decimal(position + openOrder, MoneyScale).Name("positionInitialMargin"u8).Decimal(position, MoneyScale)
            .Name("openOrderInitialMargin"u8).Decimal(openOrder, MoneyScale).Name("crossWalletBalance"u8).Decimal(wallet.Balance, MoneyScale)
            .Name("crossUnPnl"u8).Decimal(wallet.UnrealizedPnl, MoneyScale).Name("availableBalance"u8).Decimal(wallet.Available, MoneyScale)
            .Name("maxWithdrawAmount"u8).Decimal(Withdrawable(wallet), MoneyScale);
        if (hasSettings) w.Name("marginAvailable"u8).Bool(true);
        w.Name("updateTime"u8).Number(wallet.UpdatedMs).EndObject().EndArray().Name("positions"u8).BeginArray();
        var bySymbol = positions.ToDictionary(p => p.Symbol);
        foreach (var f in c.Symbols.All)
        {
            if (bySymbol.TryGetValue(f.Symbol, out var known)) Position(w, f, known, hasSettings, options);
            else if (hasSettings) Position(w, f, PositionJson.Flat(c.Exchange, f, options.Leverage), hasSettings, options);
        }
        w.EndArray().EndObject();
    }

    /// <summary>What could leave the account: unrealised profit may be used as margin but not withdrawn.</summary>
    public static decimal Withdrawable(ExchangeWallet wallet) => Math.Max(0, Math.Min(wallet.Balance, wallet.Available));

    private static void Position(WireWriter w, SymbolFormat f, ExchangePosition position, bool hasSettings, RestOptions options)
    {
        w.BeginObject().Name("symbol"u8).Text(f.Symbol).Name("positionSide"u8).Value("\"BOTH\""u8)
            .Name("positionAmt"u8).Decimal(position.Quantity, f.QuantityScale).Name("unrealizedProfit"u8).Decimal(position.UnrealizedPnl, MoneyScale)
            .Name("isolatedMargin"u8).Decimal(0, MoneyScale).Name("notional"u8).Decimal(position.Quantity * position.MarkPrice, MoneyScale)
            .Name("isolatedWallet"u8).Value("\"0\""u8).Name("initialMargin"u8).Decimal(position.InitialMargin + position.OpenOrderMargin, MoneyScale)
            .Name("maintMargin"u8).Decimal(position.MaintenanceMargin, MoneyScale);
        if (hasSettings)
        {
            w.Name("positionInitialMargin"u8).Decimal(position.InitialMargin, MoneyScale)
                .Name("openOrderInitialMargin"u8).Decimal(position.OpenOrderMargin, MoneyScale).Name("leverage"u8).Decimal(position.Leverage, 0)
                .Name("isolated"u8).Bool(false).Name("entryPrice"u8).Decimal(position.EntryPrice, f.AverageScale)
                .Name("breakEvenPrice"u8).Decimal(position.EntryPrice, f.AverageScale).Name("maxNotional"u8).Decimal(options.NotionalMax, 0)
                .Name("bidNotional"u8).Value("\"0\""u8).Name("askNotional"u8).Value("\"0\""u8);
        }
        w.Name("updateTime"u8).Number(position.UpdatedMs).EndObject();
    }
}
