using Granary.Engine.Market;
using Granary.Exchange.Contracts;

namespace Granary.Simulation.Watch;

/// <summary>Stands between the exchange and its streams: sees every order and fill of the account at the instant it happens, past every network fault.</summary>
internal sealed class ExchangeWitness(IExchangeEvents next, Evidence evidence, ExposureRules exposure) : IExchangeEvents
{
    private readonly Dictionary<string, long> _ids = new(StringComparer.Ordinal);

    public void OnAggTrade(string symbol, in AggTrade trade) => next.OnAggTrade(symbol, in trade);

    public void OnBookTicker(string symbol, in BookTicker ticker) => next.OnBookTicker(symbol, in ticker);

    public void OnMarkPrice(string symbol, in MarkPrice mark)
    {
        exposure.OnMark(symbol, mark.Mark);
        next.OnMarkPrice(symbol, in mark);
    }

    public void OnDepth(string symbol, DepthDiff diff) => next.OnDepth(symbol, diff);

    public void OnOrder(string account, ExecutionEvent execution)
    {
        if (account == World.Account) Note(execution);
        next.OnOrder(account, execution);
    }

    public void OnConditional(string account, ConditionalOrder order) => next.OnConditional(account, order);

    public void OnAccount(string account, AccountEvent change)
    {
        if (account == World.Account)
        {
            evidence.LastVenueChange = evidence.Now;
            exposure.OnWallet(change.Wallet);
        }

        next.OnAccount(account, change);
    }

    public void OnMarginCall(string account, MarginCall call) => next.OnMarginCall(account, call);

    public void OnSettings(string account, MarginSettings settings) => next.OnSettings(account, settings);

    private void Note(ExecutionEvent execution)
    {
        var order = execution.Order;
        evidence.LastVenueChange = evidence.Now;
        evidence.Trace?.Invoke($"exchange: {execution.Kind} {order.ClientOrderId} {order.Side} {order.ExecutedQuantity}/{order.Quantity} {order.Status}{(execution.Fill is { } f ? $" at {f.Price} trade {f.TradeId}" : "")}");
        if (execution.Fill is { } fill) evidence.VenueFilled(fill);
        var isNew = !evidence.VenueOrders.ContainsKey(order.ClientOrderId);
        evidence.VenueOrders[order.ClientOrderId] = order;
        if (!Evidence.IsForeign(order) && order.Terms.AlgoId == 0) Check(order, isNew);
        exposure.OnOrder(order, execution.Fill, isNew);
    }

    private void Check(ExchangeOrder order, bool isNew)
    {
        if (_ids.TryGetValue(order.ClientOrderId, out var known) && known != order.OrderId)
            evidence.Report("SentOnce", $"client id {order.ClientOrderId} is at the exchange as orders {known} and {order.OrderId}");
        _ids[order.ClientOrderId] = order.OrderId;
        if (!isNew) return;
        if (!evidence.Orders.TryGetValue(order.ClientOrderId, out var record))
        {
            evidence.Report("WrittenBeforeSent", $"order {order.ClientOrderId} is at the exchange, but not in the journal");
            return;
        }

        if (!evidence.IsApproved(order.ClientOrderId)) evidence.Report("ApprovedBeforeSent", $"order {order.ClientOrderId} is at the exchange without an approval in the journal");
        if (record.Side != order.Side.ToString() || order.Quantity > record.Quantity || (record.Price is { } price && price != order.Price))
            evidence.Report("SentAsApproved", $"order {order.ClientOrderId} was approved as {record.Side} {record.Quantity} {record.Price}, sent as {order.Side} {order.Quantity} {order.Price}");
        if (record.Purpose == "Exit" && !order.ReduceOnly) evidence.Report("ExitsOnlyReduce", $"exit {order.ClientOrderId} is not reduce-only");
    }
}
