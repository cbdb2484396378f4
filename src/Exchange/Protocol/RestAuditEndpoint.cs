using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>
/// GET /granary/v1/audit, which Binance does not have: every remembered order, conditional order, amendment, fill and change of the wallet of each configured
/// account, or of the one named by the parameter account. Initial balance and income add up to the balance. Decimals are exact strings.
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
        var audit = c.Exchange.GetAudit(account);
        var wallet = audit.Wallet;
        var w = c.Writer.BeginObject().Name("account"u8).Text(account).Name("wallet"u8).BeginObject().Name("initial"u8).Decimal(wallet.Initial, 0)
            .Name("balance"u8).Decimal(wallet.Balance, 0).Name("realizedPnl"u8).Decimal(wallet.RealizedPnl, 0).Name("fees"u8).Decimal(wallet.Fees, 0)
            .Name("funding"u8).Decimal(wallet.Funding, 0).Name("transfers"u8).Decimal(wallet.Transfers, 0)
            .Name("insuranceClear"u8).Decimal(wallet.InsuranceClear, 0).EndObject().Name("positions"u8).BeginArray();
        foreach (var position in audit.Positions) Position(w, position);
        w.EndArray().Name("orders"u8).BeginArray();
        foreach (var order in audit.Orders) OrderJson.Write(w, c.Symbols.Get(order.Symbol), order, hasTime: true);
        w.EndArray().Name("algoOrders"u8).BeginArray();
        foreach (var order in audit.Conditionals) AlgoJson.Write(w, c.Symbols.Get(order.Request.Symbol), order, isQuery: true);
        w.EndArray().Name("amendments"u8).BeginArray();
        foreach (var amendment in audit.Amendments) Amendment(w, amendment);
        w.EndArray().Name("fills"u8).BeginArray();
        foreach (var fill in audit.Fills) Fill(w, fill);
        w.EndArray().Name("income"u8).BeginArray();
        foreach (var income in audit.Income) Income(w, income);
        w.EndArray().EndObject();
    }

    private static void Position(WireWriter w, ExchangePosition position) => w.BeginObject().Name("symbol"u8).Text(position.Symbol)
        .Name("positionSide"u8).Value(VenueWords.Quoted(position.PositionSide)).Name("quantity"u8).Decimal(position.Quantity, 0)
        .Name("entryPrice"u8).Decimal(position.EntryPrice, 0).Name("isolatedWallet"u8).Decimal(position.IsolatedWallet, 0).EndObject();

    private static void Amendment(WireWriter w, OrderAmendment amendment) => w.BeginObject().Name("amendmentId"u8).Number(amendment.AmendmentId)
        .Name("symbol"u8).Text(amendment.Symbol).Name("orderId"u8).Number(amendment.OrderId).Name("clientOrderId"u8).Text(amendment.ClientOrderId)
        .Name("priceBefore"u8).Decimal(amendment.PriceBefore, 0).Name("priceAfter"u8).Decimal(amendment.PriceAfter, 0)
        .Name("qtyBefore"u8).Decimal(amendment.QuantityBefore, 0).Name("qtyAfter"u8).Decimal(amendment.QuantityAfter, 0)
        .Name("count"u8).Number((long)amendment.Count).Name("time"u8).Number(amendment.TimeMs).EndObject();

    private static void Income(WireWriter w, IncomeRecord income) => w.BeginObject().Name("tranId"u8).Number(income.TransactionId)
        .Name("incomeType"u8).Text(income.Type).Name("symbol"u8).Text(income.Symbol).Name("income"u8).Decimal(income.Amount, 0)
        .Name("info"u8).Text(income.Info).Name("tradeId"u8).Number(income.TradeId).Name("time"u8).Number(income.TimeMs).EndObject();

    private static void Fill(WireWriter w, ExchangeFill fill) => w.BeginObject().Name("symbol"u8).Text(fill.Symbol).Name("id"u8).Number(fill.TradeId)
        .Name("orderId"u8).Number(fill.OrderId).Name("clientOrderId"u8).Text(fill.ClientOrderId).Name("side"u8).Value(VenueWords.Quoted(fill.Side))
        .Name("price"u8).Decimal(fill.Price, 0).Name("qty"u8).Decimal(fill.Quantity, 0).Name("commission"u8).Decimal(fill.Fee, 0)
        .Name("realizedPnl"u8).Decimal(fill.RealizedPnl, 0).Name("walletChange"u8).Decimal(fill.RealizedPnl - fill.Fee, 0)
        .Name("maker"u8).Bool(fill.IsMaker).Name("time"u8).Number(fill.TimeMs).EndObject();
}
