namespace Granary.Exchange.Protocol;

/// <summary>
/// GET /granary/v1/state, which Binance does not have: the market's progress and every configured account, for checks from outside. Decimals are exact strings.
/// No key is demanded: the exchange listens on loopback only and its accounts hold play money.
/// </summary>
internal sealed class RestStateEndpoint(RestOptions options, StreamProtocol streams)
{
    public void AddTo(Dictionary<(string, string), RestRoute> routes) =>
        routes.Add(("GET", "/granary/v1/state"), new RestRoute(RestSecurity.None, _ => 0, false, Write));

    private void Write(RestRequestContext c)
    {
        var progress = c.Exchange.Progress;
        var w = c.Writer.BeginObject().Name("serverTime"u8).Number(c.NowMs).Name("marketTime"u8).Number(c.Exchange.MarketTimeMs)
            .Name("sessions"u8).Number((long)streams.SessionCount)
            .Name("progress"u8).BeginObject().Name("kind"u8).Text(progress.Kind)
            .Name("trades"u8).Number(progress.Trades).Name("finished"u8).Bool(progress.Finished).Name("error"u8);
        if (progress.Error is null) w.Value("null"u8);
        else w.Text(progress.Error);
        w.EndObject().Name("symbols"u8).BeginArray();
        foreach (var f in c.Symbols.All)
        {
            var last = c.Exchange.GetAggTrades(f.Symbol, -1, 1);
            w.BeginObject().Name("symbol"u8).Text(f.Symbol).Name("lastAggTradeId"u8).Number(last.Count > 0 ? last[0].Id : -1).EndObject();
        }
        w.EndArray().Name("accounts"u8).BeginArray();
        foreach (var account in options.AccountNames) Account(c, account);
        w.EndArray().EndObject();
    }

    private static void Account(RestRequestContext c, string account)
    {
        var wallet = c.Exchange.GetWallet(account);
        var orders = c.Exchange.GetOpenOrders(account, null);
        var w = c.Writer.BeginObject().Name("name"u8).Text(account).Name("wallet"u8).BeginObject()
            .Name("initial"u8).Decimal(wallet.Initial, 0).Name("balance"u8).Decimal(wallet.Balance, 0).Name("realizedPnl"u8).Decimal(wallet.RealizedPnl, 0)
            .Name("fees"u8).Decimal(wallet.Fees, 0).Name("funding"u8).Decimal(wallet.Funding, 0).Name("unrealizedPnl"u8).Decimal(wallet.UnrealizedPnl, 0)
            .Name("available"u8).Decimal(wallet.Available, 0).EndObject().Name("positions"u8).BeginArray();
        foreach (var position in c.Exchange.GetPositions(account, null))
        {
            w.BeginObject().Name("symbol"u8).Text(position.Symbol).Name("quantity"u8).Decimal(position.Quantity, 0)
                .Name("entryPrice"u8).Decimal(position.EntryPrice, 0).Name("markPrice"u8).Decimal(position.MarkPrice, 0)
                .Name("unrealizedPnl"u8).Decimal(position.UnrealizedPnl, 0).EndObject();
        }
        w.EndArray().Name("openOrders"u8).BeginArray();
        foreach (var order in orders) OrderJson.Write(w, c.Symbols.Get(order.Symbol), order, hasTime: true);
        w.EndArray().Name("openOrderCount"u8).Number((long)orders.Count).Name("fillCount"u8)
            .Number(c.Symbols.All.Sum(f => (long)UserTradePages.Read(c.Exchange, account, f.Symbol, 0).Count())).EndObject();
    }
}
