using System.Globalization;
using System.Text.Json;
using Granary.Journal;
using Granary.Journal.Records;

namespace Granary.Simulation.Story;

/// <summary>
/// What happened to an account, step by step, from its journal alone: what was wanted and why, what was refused and why, what was traded, what went wrong and
/// what was done about it, how the account's state changed. What the journal does not explain is listed by itself.
/// </summary>
internal sealed class DayStory
{
    private const int RowsMax = 100_000;

    /// <summary>A point of the equity curve is written after the audit that it sums up: what it shows may have changed by so much earlier.</summary>
    private const long AuditMs = 15_000;

    private const string StateKind = "AccountState";

    private readonly List<StoryLine> _lines = [];
    private readonly List<string> _unexplained = [];

    private DayStory()
    {
    }

    /// <summary>The steps, oldest first.</summary>
    public IReadOnlyList<StoryLine> Lines => _lines;

    /// <summary>Steps without an explanation.</summary>
    public IReadOnlyList<string> Unexplained => _unexplained;

    /// <summary>How often the account's state changed.</summary>
    public int StateChanges { get; private set; }

    /// <summary>How often the account came into each state.</summary>
    public SortedDictionary<string, int> States { get; } = new(StringComparer.Ordinal);

    /// <summary>Exits approved, by their reason.</summary>
    public SortedDictionary<string, int> Exits { get; } = new(StringComparer.Ordinal);

    /// <summary>Protective stops at the venue that were set off.</summary>
    public int StopsSetOff { get; private set; }

    /// <summary>Refusals by reason.</summary>
    public SortedDictionary<string, int> Refusals { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads the story of an account.</summary>
    public static async Task<DayStory> ReadAsync(IJournalReader reader, string account)
    {
        var story = new DayStory();
        var decisions = (await reader.GetDecisionsAsync(account, null, RowsMax)).Reverse().ToArray();
        var orders = (await reader.GetOrdersAsync(account, null, RowsMax)).Reverse().ToArray();
        var fills = await reader.GetFillsAsync(account, null, 0, RowsMax);
        var incidents = (await reader.GetIncidentsAsync(RowsMax)).Reverse().ToArray();
        var equity = (await reader.GetEquityAsync(account, RowsMax)).Reverse().ToArray();
        story.TellDecisions(decisions);
        story.TellOrders(orders, decisions, fills);
        story.TellIncidents(incidents);
        story.TellStates(equity, [.. incidents.Where(i => i.Kind == StateKind && i.Scope == $"account {account}")]);
        story._lines.Sort((a, b) => a.TimeMs.CompareTo(b.TimeMs));
        return story;
    }

    private void TellDecisions(DecisionRecord[] decisions)
    {
        var i = 0;
        foreach (var decision in decisions.Where(d => d.Outcome == "Approved"))
        {
            var reason = Reason(decision.Why);
            if (reason.Length == 0) Miss(decision.TimeMs, $"{decision.IntentId} was approved, and nothing says why it was wanted");
            if (decision.Kind == "Exit") Exits[reason.Split(' ')[0]] = Exits.GetValueOrDefault(reason.Split(' ')[0]) + 1;
            Say(decision.TimeMs, $"{decision.Symbol}: {decision.Strategy} wants {(decision.Kind == "Exit" ? "out" : "in")}, {decision.Side.ToLowerInvariant()}: {reason}; approved as {decision.Detail}");
        }

        var refused = decisions.Where(d => d.Outcome != "Approved").ToArray();
        while (i < refused.Length)
        {
            var first = refused[i];
            var count = 1;
            while (i + count < refused.Length && refused[i + count].Reason == first.Reason && refused[i + count].Symbol == first.Symbol) count++;
            if (first.Reason.Length == 0 || first.Detail.Length == 0) Miss(first.TimeMs, $"{first.IntentId} was refused without a reason");
            Refusals[first.Reason] = Refusals.GetValueOrDefault(first.Reason) + count;
            Say(first.TimeMs, $"{first.Symbol}: {first.Strategy}'s {first.Kind.ToLowerInvariant()} refused{(count > 1 ? $" {count} times in a row" : "")}: {first.Reason} ({first.Detail})");
            i += count;
        }
    }

    private void TellOrders(OrderRecord[] orders, DecisionRecord[] decisions, IReadOnlyList<FillRecord> fills)
    {
        var approved = decisions.Where(d => d.Outcome == "Approved").Select(d => d.Detail).ToHashSet(StringComparer.Ordinal);
        var byOrder = fills.ToLookup(f => f.ClientOrderId, StringComparer.Ordinal);
        var opened = fills.Select(f => f.ClientOrderId).ToHashSet(StringComparer.Ordinal);
        foreach (var order in orders)
        {
            var opening = Opening(order);
            if (order.Strategy != "EXTERNAL" && !approved.Contains(opening)) Miss(order.TimeMs, $"order {order.ClientOrderId} has no approval");
            if (opening != order.ClientOrderId && !opened.Contains(opening)) Miss(order.TimeMs, $"stop {order.ClientOrderId} protects nothing that was bought or sold");
            if (order.Status is "Rejected" or "Unknown" && order.Detail.Length == 0) Miss(order.TimeMs, $"order {order.ClientOrderId} is {order.Status}, and nothing says why");
            var own = byOrder[order.ClientOrderId].ToArray();
            if (opening != order.ClientOrderId && own.Length > 0) StopsSetOff++;
            var quantity = own.Sum(f => f.Quantity);
            var price = quantity > 0 ? own.Sum(f => f.Quantity * f.Price) / quantity : 0;
            Say(
                own.Length > 0 ? own[^1].TimeMs : order.TimeMs,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{order.Symbol}: order {order.ClientOrderId} ({order.Purpose.ToLowerInvariant()}) {order.Status.ToLowerInvariant()}, {order.Side.ToLowerInvariant()} {quantity} of {order.Quantity} at {price:0.##}, fees {own.Sum(f => f.Fee):0.##}, realised {own.Sum(f => f.RealizedPnl):0.##} {order.Detail}"));
        }

        var known = orders.Select(o => o.ClientOrderId).ToHashSet(StringComparer.Ordinal);
        foreach (var fill in fills.Where(f => f.ClientOrderId.Length == 0 || !known.Contains(f.ClientOrderId)))
        {
            if (fill.Strategy != "EXTERNAL") Miss(fill.TimeMs, $"fill {fill.TradeId} belongs to no order");
            Say(fill.TimeMs, $"{fill.Symbol}: a foreign fill, {fill.Side.ToLowerInvariant()} {fill.Quantity} at {fill.Price}");
        }
    }

    private void TellIncidents(IncidentRecord[] incidents)
    {
        foreach (var incident in incidents)
        {
            if (incident.Seen.Length == 0 || incident.Done.Length == 0 || incident.Result.Length == 0) Miss(incident.TimeMs, $"incident {incident.Kind} lacks what was seen, done or resulted");
            Say(incident.TimeMs, $"{incident.Scope}: {incident.Kind}: {incident.Seen}; {incident.Done}; {incident.Result}");
        }
    }

    /// <summary>
    /// Every change of the account's state is in the journal with its reason; the equity curve, which shows the state every few seconds, must not show any other.
    /// </summary>
    private void TellStates(EquityRecord[] equity, IncidentRecord[] changes)
    {
        StateChanges = changes.Length;
        foreach (var change in changes)
        {
            var state = StateOf(change);
            States[state] = States.GetValueOrDefault(state) + 1;
        }

        var next = 0;
        foreach (var point in equity)
        {
            while (next < changes.Length && changes[next].TimeMs <= point.TimeMs) next++;
            var isTold = next > 0 && StateOf(changes[next - 1]) == point.State;
            for (var i = next - 1; !isTold && i > 0 && changes[i].TimeMs > point.TimeMs - AuditMs; i--) isTold = StateOf(changes[i - 1]) == point.State;
            if (!isTold) Miss(point.TimeMs, $"the account is {point.State}, and nothing says why");
        }

        static string StateOf(IncidentRecord change) => change.Result[(change.Result.LastIndexOf(' ') + 1)..];
    }

    /// <summary>The approval that an order follows from: its own, or for a protective stop that of the entry whose position it protects.</summary>
    private static string Opening(OrderRecord order) => order.IntentId == $"stop/{order.ClientOrderId}" && order.ReduceOnly
        ? order.ClientOrderId[..order.ClientOrderId.LastIndexOf('.')]
        : order.ClientOrderId;

    /// <summary>The reason of an exit, or the conditions of an entry that held.</summary>
    private static string Reason(string why)
    {
        if (why.Length == 0 || why[0] != '{') return why;
        using var json = JsonDocument.Parse(why);
        var root = json.RootElement;
        if (root.TryGetProperty("reason", out var reason)) return $"{reason.GetString()} at {Text(root, "price")}, stop {Text(root, "stop")}";
        var parts = new List<string>();
        foreach (var signal in root.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Object))
        {
            if (!signal.Value.TryGetProperty("conditions", out var conditions)) continue;
            var held = conditions.EnumerateArray().Where(c => c.TryGetProperty("met", out var met) && met.ValueKind == JsonValueKind.True)
                .Select(c => $"{Text(c, "name")} {Text(c, "value")}".TrimEnd());
            parts.Add($"{signal.Name}: {string.Join(", ", held)}");
        }

        return string.Join("; ", parts);
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : "";

    private void Say(long timeMs, string text) => _lines.Add(new StoryLine(timeMs, text.TrimEnd()));

    private void Miss(long timeMs, string what) => _unexplained.Add(new StoryLine(timeMs, what).ToString());
}
