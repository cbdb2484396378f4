using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>Balances, positions and settings of the account that asks; USDT only.</summary>
internal sealed class RestAccountEndpoints(RestOptions options)
{
    private const int MoneyScale = 8;

    public void AddTo(Dictionary<(string, string), RestRoute> routes)
    {
        Get("/fapi/v2/positionRisk", _ => 10, PositionRiskV2);
        Get("/fapi/v3/positionRisk", _ => 5, PositionRiskV3);
        Get("/fapi/v1/adlQuantile", _ => 5, AdlQuantiles);
        Get("/fapi/v2/balance", _ => 5, Balance);
        Get("/fapi/v3/balance", _ => 5, Balance);
        Get("/fapi/v2/account", _ => 5, c => AccountJson.Write(c, hasSettings: true));
        Get("/fapi/v3/account", _ => 5, c => AccountJson.Write(c, hasSettings: false));
        Get("/fapi/v1/multiAssetsMargin", _ => 30, c => c.Writer.BeginObject().Name("multiAssetsMargin"u8).Bool(false).EndObject());
        Get("/fapi/v1/feeBurn", _ => 30, c => c.Writer.BeginObject().Name("feeBurn"u8).Bool(false).EndObject());
        Get("/fapi/v1/commissionRate", _ => 20, CommissionRate);
        Get("/fapi/v1/accountConfig", _ => 5, AccountConfig);
        Get("/fapi/v1/symbolConfig", _ => 5, SymbolConfig);

        void Get(string path, Func<RequestParameters, int> weight, Action<RestRequestContext> answer) =>
            routes.Add(("GET", path), new RestRoute(RestSecurity.Signed, weight, false, answer));
    }

    /// <summary>Every symbol, with the settings of its position.</summary>
    private static void PositionRiskV2(RestRequestContext c)
    {
        var symbols = c.FindSymbol() is { } only ? [only] : c.Symbols.All;
        c.Writer.BeginArray();
        foreach (var (f, position) in PositionJson.All(c, symbols))
        {
            PositionJson.Begin(c.Writer, f, position);
            c.Writer.Name("marginType"u8).Value(VenueWords.OfPosition(position.MarginType)).Name("isAutoAddMargin"u8).Value("\"false\""u8)
                .Name("leverage"u8).Decimal(position.Leverage, 0).Name("maxNotionalValue"u8).Decimal(position.NotionalMax, 0).EndObject();
        }
        c.Writer.EndArray();
    }

    /// <summary>Only symbols with a position or open orders.</summary>
    private void PositionRiskV3(RestRequestContext c)
    {
        var symbol = c.FindSymbol();
        c.Writer.BeginArray();
        foreach (var position in c.Exchange.GetPositions(c.Account.Name, symbol?.Symbol))
        {
            var f = c.Symbols.Get(position.Symbol);
            var (bids, asks) = PositionJson.OpenNotional(
                c.Exchange.GetOpenOrders(c.Account.Name, f.Symbol).Where(order => order.PositionSide == position.PositionSide));
            PositionJson.Begin(c.Writer, f, position);
            c.Writer.Name("marginAsset"u8).Text(f.QuoteAsset)
                .Name("initialMargin"u8).Decimal(position.InitialMargin + position.OpenOrderMargin, MoneyScale)
                .Name("maintMargin"u8).Decimal(position.MaintenanceMargin, MoneyScale)
                .Name("positionInitialMargin"u8).Decimal(position.InitialMargin, MoneyScale)
                .Name("openOrderInitialMargin"u8).Decimal(position.OpenOrderMargin, MoneyScale)
                .Name("adl"u8).Number(AdlQuantile.Of(c.Exchange, options.AccountNames, c.Account.Name, position))
                .Name("bidNotional"u8).Decimal(bids, 0).Name("askNotional"u8).Decimal(asks, 0).EndObject();
        }
        c.Writer.EndArray();
    }

    /// <summary>Both legs of a crossed hedge stand together (HEDGE); any other position stands for itself.</summary>
    private void AdlQuantiles(RestRequestContext c)
    {
        var symbol = c.FindSymbol();
        var isHedged = c.Exchange.IsHedgeMode(c.Account.Name);
        c.Writer.BeginArray();
        foreach (var group in c.Exchange.GetPositions(c.Account.Name, symbol?.Symbol).GroupBy(position => position.Symbol, StringComparer.Ordinal))
        {
            var isCrossedHedge = isHedged && group.First().MarginType == MarginType.Crossed;
            var both = isCrossedHedge ? group.Max(Quantile) : 0;
            c.Writer.BeginObject().Name("symbol"u8).Text(group.Key).Name("adlQuantile"u8).BeginObject()
                .Name("LONG"u8).Number(isCrossedHedge ? both : Side(group, PositionSide.Long))
                .Name("SHORT"u8).Number(isCrossedHedge ? both : Side(group, PositionSide.Short));
            if (isCrossedHedge) c.Writer.Name("HEDGE"u8).Number(0);
            else c.Writer.Name("BOTH"u8).Number(Side(group, PositionSide.Both));
            c.Writer.EndObject().EndObject();
        }
        c.Writer.EndArray();

        int Quantile(ExchangePosition position) => AdlQuantile.Of(c.Exchange, options.AccountNames, c.Account.Name, position);

        int Side(IEnumerable<ExchangePosition> positions, PositionSide side) =>
            positions.FirstOrDefault(position => position.PositionSide == side) is { } found ? Quantile(found) : 0;
    }

    private static void Balance(RestRequestContext c)
    {
        var wallet = c.Exchange.GetWallet(c.Account.Name);
        c.Writer.BeginArray().BeginObject().Name("accountAlias"u8).Text(c.Account.Name).Name("asset"u8).Value("\"USDT\""u8)
            .Name("balance"u8).Decimal(wallet.Balance, MoneyScale).Name("crossWalletBalance"u8).Decimal(wallet.CrossBalance, MoneyScale)
            .Name("crossUnPnl"u8).Decimal(wallet.CrossUnrealizedPnl, MoneyScale).Name("availableBalance"u8).Decimal(wallet.Available, MoneyScale)
            .Name("maxWithdrawAmount"u8).Decimal(wallet.WithdrawMax, MoneyScale).Name("marginAvailable"u8).Bool(true)
            .Name("updateTime"u8).Number(wallet.UpdatedMs).EndObject().EndArray();
    }

    private static void CommissionRate(RestRequestContext c)
    {
        var rates = c.Exchange.GetCommission(c.Account.Name);
        c.Writer.BeginObject().Name("symbol"u8).Text(c.RequireSymbol().Symbol).Name("makerCommissionRate"u8).Decimal(rates.Maker, 4)
            .Name("takerCommissionRate"u8).Decimal(rates.Taker, 4).Name("rpiCommissionRate"u8).Decimal(rates.Maker, 4).EndObject();
    }

    private static void AccountConfig(RestRequestContext c) => c.Writer.BeginObject().Name("feeTier"u8).Number(0).Name("canTrade"u8).Bool(true)
        .Name("canDeposit"u8).Bool(false).Name("canWithdraw"u8).Bool(false).Name("dualSidePosition"u8).Bool(c.Exchange.IsHedgeMode(c.Account.Name)).Name("updateTime"u8).Number(0)
        .Name("multiAssetsMargin"u8).Bool(false).Name("tradeGroupId"u8).Number(-1).EndObject();

    private static void SymbolConfig(RestRequestContext c)
    {
        var symbols = c.FindSymbol() is { } only ? [only] : c.Symbols.All;
        c.Writer.BeginArray();
        foreach (var f in symbols)
        {
            var settings = c.Exchange.GetSettings(c.Account.Name, f.Symbol);
            c.Writer.BeginObject().Name("symbol"u8).Text(f.Symbol).Name("marginType"u8).Value(VenueWords.Quoted(settings.MarginType)).Name("isAutoAddMargin"u8).Bool(false)
                .Name("leverage"u8).Number((long)settings.Leverage).Name("maxNotionalValue"u8).Decimal(settings.NotionalMax, 0).EndObject();
        }
        c.Writer.EndArray();
    }
}
