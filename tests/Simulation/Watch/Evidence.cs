using Granary.Engine.Risk;
using Granary.Exchange.Contracts;
using Granary.Journal.Records;

namespace Granary.Simulation.Watch;

/// <summary>
/// Both sides of the truth: what the journal has committed and what the exchange did, noted at the moment it happened, past the engine. Rules that need no
/// question to the engine are checked here, at once.
/// </summary>
internal sealed class Evidence(TimeProvider time)
{
    private readonly List<Violation> _violations = [];
    private readonly HashSet<string> _approvedIds = new(StringComparer.Ordinal);
    private readonly HashSet<string> _approvedIntents = new(StringComparer.Ordinal);
    private readonly HashSet<string> _lossDays = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _fillCounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OrderRecord> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (decimal Quantity, int FlatCount)> _positions = new(StringComparer.Ordinal);

    /// <summary>Orders as the journal has them, by client id.</summary>
    public SortedDictionary<string, OrderRecord> Orders { get; } = new(StringComparer.Ordinal);

    /// <summary>Fills as the journal has them, by symbol and trade id.</summary>
    public Dictionary<(string Symbol, long TradeId), FillRecord> Fills { get; } = [];

    /// <summary>Orders at the exchange, by client id, as they stand.</summary>
    public SortedDictionary<string, ExchangeOrder> VenueOrders { get; } = new(StringComparer.Ordinal);

    /// <summary>Fills of the exchange.</summary>
    public Dictionary<(string Symbol, long TradeId), ExchangeFill> VenueFills { get; } = [];

    /// <summary>How many times the account was flat in the symbol: positions of the same side and entry price are told apart by it.</summary>
    public int FlatCount(string symbol) => _positions.GetValueOrDefault(symbol).FlatCount;

    /// <summary>The exchange filled an order of the account.</summary>
    public void VenueFilled(ExchangeFill fill)
    {
        VenueFills[(fill.Symbol, fill.TradeId)] = fill;
        var (quantity, flats) = _positions.GetValueOrDefault(fill.Symbol);
        var after = quantity + ((int)fill.Side * fill.Quantity);
        _positions[fill.Symbol] = (after, after == 0 || (quantity != 0 && Math.Sign(after) != Math.Sign(quantity)) ? flats + 1 : flats);
    }

    /// <summary>Whether the exchange's history is too short to show every fill, so that fills may be inferred; default false.</summary>
    public bool MayInfer { get; set; }

    /// <summary>Last time that an order, a fill or a position changed at the exchange.</summary>
    public DateTimeOffset LastVenueChange { get; set; }

    /// <summary>Trading state in force by the journal; Active before the first record.</summary>
    public string State { get; private set; } = "Active";

    public long Approvals { get; private set; }

    public long Refusals { get; private set; }

    public long Incidents { get; private set; }

    /// <summary>Incidents by kind.</summary>
    public SortedDictionary<string, int> IncidentKinds { get; } = new(StringComparer.Ordinal);

    /// <summary>Client order ids of orders placed by hand begin with this.</summary>
    public const string Hand = "web_";

    /// <summary>Told each thing as it is noted; for traces.</summary>
    public Action<string>? Trace { get; set; }

    /// <summary>Fills that the journal has of the symbol.</summary>
    public long FillCount(string symbol) => _fillCounts.GetValueOrDefault(symbol);

    /// <summary>The entry written last, or null.</summary>
    public OrderRecord? NewestEntry(string symbol) => _entries.GetValueOrDefault(symbol);

    public Violation? First => _violations.Count > 0 ? _violations[0] : null;

    public DateTimeOffset Now => time.GetUtcNow();

    public void Report(string rule, string detail)
    {
        var violation = new Violation(rule, detail, Now);
        Trace?.Invoke($"VIOLATION {violation.Rule}: {violation.Detail}");
        _violations.Add(violation);
    }

    /// <summary>Whether an order is neither the engine's nor to be explained by it.</summary>
    public static bool IsForeign(ExchangeOrder order) =>
        order.Origin != OrderOrigin.User || order.ClientOrderId.StartsWith(Hand, StringComparison.Ordinal);

    /// <summary>Whether the gate approved what this order is for.</summary>
    public bool IsApproved(string clientOrderId) =>
        _approvedIds.Contains(ClientOrderId.ParentOf(clientOrderId)) || (Orders.TryGetValue(clientOrderId, out var order) && _approvedIntents.Contains(order.IntentId));

    /// <summary>A record is durable.</summary>
    public void Committed(JournalRecord record)
    {
        switch (record)
        {
            case DecisionRecord decision:
                Decided(decision);
                break;
            case OrderRecord order:
                Written(order);
                break;
            case FillRecord fill:
                Filled(fill);
                break;
            case TradingStateRecord state:
                Trace?.Invoke($"journal: state {state.State} by {state.Who}: {state.Reason}");
                State = state.State;
                break;
            case IncidentRecord incident:
                Incidents++;
                IncidentKinds[incident.Kind] = IncidentKinds.GetValueOrDefault(incident.Kind) + 1;
                Trace?.Invoke($"journal: {incident.Scope} {incident.Kind}: {incident.Seen}; {incident.Done}; {incident.Result}");
                break;
        }
    }

    private void Decided(DecisionRecord decision)
    {
        var day = $"{decision.Account}/{decision.TimeMs / 86_400_000}";
        if (decision.Outcome != "Approved")
        {
            Refusals++;
            Trace?.Invoke($"journal: {decision.IntentId} refused: {decision.Reason} {decision.Detail}");
            if (decision.Reason is "DailyLoss" or "DailyTotalLoss") _lossDays.Add(day);
            return;
        }

        Approvals++;
        Trace?.Invoke($"journal: {decision.IntentId} approved as {decision.Detail}");
        _approvedIds.Add(decision.Detail);
        _approvedIntents.Add(decision.IntentId);
        if (decision.Kind != "Entry") return;
        if (State != "Active") Report("NoEntryWhenStopped", $"{decision.IntentId} was approved while the account was {State}");
        if (_lossDays.Contains(day)) Report("NoEntryAfterDailyLoss", $"{decision.IntentId} was approved on a day whose loss limit had been reached");
    }

    private void Written(OrderRecord order)
    {
        Trace?.Invoke($"journal: order {order.ClientOrderId} {order.Side} {order.Quantity} {order.Status} {order.ExecutedQuantity} {order.Detail}");
        if (order.Purpose == "Entry" && !Orders.ContainsKey(order.ClientOrderId)) _entries[order.Symbol] = order;
        Orders[order.ClientOrderId] = order;
        if (!VenueOrders.TryGetValue(order.ClientOrderId, out var venue)) return;
        if (order.Status == "Rejected") Report("FinalMeansFinal", $"order {order.ClientOrderId} is {order.Status} in the journal, but the exchange took it");
        else if (order.Status is "Canceled" or "Expired" or "Filled" && IsOpen(venue))
            Report("FinalMeansFinal", $"order {order.ClientOrderId} is {order.Status} in the journal and {venue.Status} at the exchange");
    }

    private void Filled(FillRecord fill)
    {
        Trace?.Invoke($"journal: fill {fill.TradeId} of {fill.ClientOrderId} {fill.Side} {fill.Quantity} at {fill.Price}");
        if (!Fills.TryAdd((fill.Symbol, fill.TradeId), fill)) return;
        _fillCounts[fill.Symbol] = FillCount(fill.Symbol) + 1;
        if (fill.TradeId <= 0)
        {
            if (MayInfer) return;
            Report("NoFillInvented", $"{fill.Symbol}: {fill.Side} {fill.Quantity} was inferred although the exchange shows every fill");
            return;
        }

        if (!VenueFills.TryGetValue((fill.Symbol, fill.TradeId), out var venue))
            Report("EveryFillOnce", $"{fill.Symbol}: fill {fill.TradeId} is in the journal, but the exchange has none of that id");
        else if (venue.Quantity != fill.Quantity || venue.Price != fill.Price || venue.Fee != fill.Fee || venue.RealizedPnl != fill.RealizedPnl || venue.Side.ToString() != fill.Side)
            Report("EveryFillOnce", $"{fill.Symbol}: fill {fill.TradeId} is {fill.Side} {fill.Quantity} at {fill.Price} fee {fill.Fee} pnl {fill.RealizedPnl} in the journal, {venue.Side} {venue.Quantity} at {venue.Price} fee {venue.Fee} pnl {venue.RealizedPnl} at the exchange");
    }

    public static bool IsOpen(ExchangeOrder order) => order.Status is Engine.Orders.OrderStatus.New or Engine.Orders.OrderStatus.PartiallyFilled;
}
