using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Backtest.Parity;

/// <summary>
/// Takes note of a backtest's decisions, orders and fills; for one run. Memory grows with the orders. Of decisions the first <see cref="DecisionsMax"/> are kept.
/// </summary>
public sealed class OrderRecorder
{
    /// <summary>Most decisions that are kept.</summary>
    public const int DecisionsMax = 100_000;

    private readonly List<LoggedDecision> _decisions = [];
    private readonly List<(LoggedOrder Order, List<LoggedFill> Fills)> _orders = [];
    private readonly Dictionary<string, int> _places = [];
    private long _untilMs = long.MaxValue;

    /// <summary>What was noted.</summary>
    /// <param name="source">Where it comes from.</param>
    /// <param name="cash">Wallet at the start, quote units.</param>
    /// <param name="bars">The bars of each symbol.</param>
    public OrderLog ToLog(string source, decimal cash, IReadOnlyList<LoggedBars> bars) =>
        new(source, cash, bars, _decisions, [.. _orders.Select(o => o.Order)]) { DecisionsUntilMs = _untilMs };

    internal void Decided(Proposal proposal, RefusalReason? refusal)
    {
        if (proposal.Kind != ProposalKind.Entry || _untilMs != long.MaxValue) return;
        if (_decisions.Count == DecisionsMax) _untilMs = proposal.MarketTimeMs;
        else
        {
            _decisions.Add(new LoggedDecision(
                proposal.IntentId, proposal.Symbol, proposal.Side, proposal.Strength, proposal.BarIndex, proposal.MarketTimeMs, refusal?.ToString() ?? ""));
        }
    }

    internal void Ordered(Order order)
    {
        var request = order.Request;
        Add(request.ClientOrderId, order.IntentId, order.Strategy, order.Purpose, request.Symbol, request.Side, request.Type, request.Quantity, order.MarketTimeMs);
    }

    internal void Filled(Fill fill)
    {
        // One that nobody ordered: a liquidation.
        if (!_places.TryGetValue(fill.ClientOrderId, out var place))
            place = Add(fill.ClientOrderId, "", "", ProposalKind.Exit, fill.Symbol, fill.Side, OrderType.Market, fill.Quantity, fill.TimeMs);
        _orders[place].Fills.Add(new LoggedFill(fill.TimeMs, fill.Price, fill.Quantity, fill.Fee, fill.IsMaker));
    }

    private int Add(
        string id, string intentId, string strategy, ProposalKind purpose, string symbol, OrderSide side, OrderType type, decimal quantity, long timeMs)
    {
        var fills = new List<LoggedFill>();
        _places[id] = _orders.Count;
        _orders.Add((new LoggedOrder(id, intentId, symbol, strategy, purpose, side, type, quantity, timeMs, fills), fills));
        return _orders.Count - 1;
    }
}
