using Granary.Backtest.Parity;
using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Journal;
using Granary.Journal.Records;

namespace Granary.Silo.Replay;

/// <summary>Reads what an account decided, ordered and had filled out of the journal, in the form that a backtest writes too.</summary>
public static class JournalOrders
{
    private const int RowsMax = 100_000;

    /// <summary>The account's order list: the newest 100,000 orders and wishes to enter, and all fills.</summary>
    /// <param name="reader">The journal.</param>
    /// <param name="account">Account name.</param>
    /// <param name="source">Where it comes from, for the reader of the list.</param>
    /// <param name="cash">Wallet at the start, quote units.</param>
    /// <param name="bars">The bars of each symbol; empty when they are not known.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public static async Task<OrderLog> ReadAsync(
        IJournalReader reader, string account, string source, decimal cash, IReadOnlyList<LoggedBars> bars, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var fills = new Dictionary<string, List<LoggedFill>>(StringComparer.Ordinal);
        for (var after = 0L; ;)
        {
            var page = await reader.GetFillsAsync(account, null, after, RowsMax, cancellationToken);
            foreach (var fill in page)
            {
                if (!fills.TryGetValue(fill.ClientOrderId, out var own)) fills[fill.ClientOrderId] = own = [];
                own.Add(new LoggedFill(fill.TimeMs, fill.Price, fill.Quantity, fill.Fee, fill.IsMaker));
            }
            if (page.Count < RowsMax) break;
            after = page[^1].Position;
        }
        var orders = await reader.GetOrdersAsync(account, null, RowsMax, cancellationToken);
        var decisions = await reader.GetDecisionsAsync(account, null, RowsMax, cancellationToken);
        return new OrderLog(
            source, cash, bars, [.. decisions.Reverse().Where(d => d.Kind == nameof(ProposalKind.Entry)).Select(Decision)],
            [.. orders.Reverse().Where(IsOrder).Select(o => Order(o, fills.GetValueOrDefault(o.ClientOrderId, []))).OrderBy(o => o.DecidedMs)]);
    }

    /// <summary>A stop that rests at the venue, or was cancelled there, is no order: it becomes one, of an order's type, when it is set off.</summary>
    private static bool IsOrder(OrderRecord o) => Enum.TryParse<OrderType>(o.Type, out _);

    private static LoggedDecision Decision(DecisionRecord d) => new(
        d.IntentId, d.Symbol, Enum.Parse<OrderSide>(d.Side), d.Strength, d.BarIndex, d.MarketTimeMs, d.Reason);

    /// <summary>An order that the engine did not decide has no market time of a decision: its first fill stands for it.</summary>
    private static LoggedOrder Order(OrderRecord o, List<LoggedFill> fills) => new(
        o.ClientOrderId, o.IntentId, o.Symbol, o.Strategy, o.Purpose == nameof(ProposalKind.Entry) ? ProposalKind.Entry : ProposalKind.Exit,
        Enum.Parse<OrderSide>(o.Side), Enum.Parse<OrderType>(o.Type), o.Quantity, o.MarketTimeMs > 0 || fills.Count == 0 ? o.MarketTimeMs : fills[0].TimeMs, fills);
}
