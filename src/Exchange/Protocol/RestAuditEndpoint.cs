using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>
/// GET /granary/v1/audit, which Binance does not have: every remembered order, conditional order, amendment, fill and the wallet of each configured account,
/// or of the one named by the parameter account. Each fill is a change of the wallet: its realised PnL less its fee. Decimals are exact strings.
/// </summary>
internal sealed class RestAuditEndpoint(RestOptions options)
{
    public void AddTo(Dictionary<(string, string), RestRoute> routes) =>
        routes.Add(("GET", "/granary/v1/audit"), new RestRoute(RestSecurity.None, _ => 0, false, Write));

    private void Write(RestRequestContext c)
    {
        var only = c.Parameters.Find("account");
        if (only is not null && !options.AccountNames.Contains(only)) throw VenueErrors.InvalidParameter("account");
        c.Writer.BeginArray();
        foreach (var account in options.AccountNames)
        {
            if (only is null || account == only) Account(c, account);
        }
        c.Writer.EndArray();
    }

    private static void Account(RestRequestContext c, string account)
    {
        var wallet = c.Exchange.GetWallet(account);
        var w = c.Writer.BeginObject().Name("account"u8).Text(account).Name("wallet"u8).BeginObject().Name("initial"u8).Decimal(wallet.Initial, 0)
            .Name("balance"u8).Decimal(wallet.Balance, 0).Name("realizedPnl"u8).Decimal(wallet.RealizedPnl, 0).Name("fees"u8).Decimal(wallet.Fees, 0)
            .Name("funding"u8).Decimal(wallet.Funding, 0).EndObject().Name("orders"u8).BeginArray();
        foreach (var f in c.Symbols.All)
        {
            foreach (var order in c.Exchange.GetAllOrders(account, f.Symbol)) OrderJson.Write(w, f, order, hasTime: true);
        }
        w.EndArray().Name("algoOrders"u8).BeginArray();
        foreach (var order in c.Exchange.GetConditionals(account)) AlgoJson.Write(w, c.Symbols.Get(order.Request.Symbol), order, isQuery: true);
        w.EndArray().Name("fills"u8).BeginArray();
        foreach (var f in c.Symbols.All)
        {
            foreach (var fill in UserTradePages.Read(c.Exchange, account, f.Symbol, 0)) Fill(w, fill);
        }
        w.EndArray().EndObject();
    }

    private static void Fill(WireWriter w, ExchangeFill fill) => w.BeginObject().Name("symbol"u8).Text(fill.Symbol).Name("id"u8).Number(fill.TradeId)
        .Name("orderId"u8).Number(fill.OrderId).Name("clientOrderId"u8).Text(fill.ClientOrderId).Name("side"u8).Value(VenueWords.Quoted(fill.Side))
        .Name("price"u8).Decimal(fill.Price, 0).Name("qty"u8).Decimal(fill.Quantity, 0).Name("commission"u8).Decimal(fill.Fee, 0)
        .Name("realizedPnl"u8).Decimal(fill.RealizedPnl, 0).Name("walletChange"u8).Decimal(fill.RealizedPnl - fill.Fee, 0)
        .Name("maker"u8).Bool(fill.IsMaker).Name("time"u8).Number(fill.TimeMs).EndObject();
}
