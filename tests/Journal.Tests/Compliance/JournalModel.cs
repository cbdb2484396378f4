using Granary.Journal.Records;

namespace Granary.Journal.Tests.Compliance;

/// <summary>What a journal must answer, kept in lists: the specification that every implementation is compared with.</summary>
public sealed class JournalModel
{
    private readonly Dictionary<string, long> _epochs = [];

    public List<OrderRecord> Orders { get; } = [];

    public List<FillRecord> Fills { get; } = [];

    public List<DecisionRecord> Decisions { get; } = [];

    public List<PositionRecord> Positions { get; } = [];

    public List<TradingStateRecord> States { get; } = [];

    public Dictionary<string, SnapshotRecord> Snapshots { get; } = [];

    public JournalEpoch Acquire(string owner) => new(owner, _epochs[owner] = _epochs.GetValueOrDefault(owner) + 1);

    public bool IsStale(JournalEpoch epoch) => _epochs.GetValueOrDefault(epoch.Owner) != epoch.Number;

    public void Append(IEnumerable<JournalRecord> records)
    {
        foreach (var record in records)
        {
            switch (record)
            {
                case OrderRecord order:
                    var at = Orders.FindIndex(o => o.Account == order.Account && o.ClientOrderId == order.ClientOrderId);
                    if (at >= 0) Orders[at] = order;
                    else Orders.Add(order);
                    break;
                case FillRecord fill:
                    if (!Fills.Exists(f => (f.Account, f.Symbol, f.TradeId) == (fill.Account, fill.Symbol, fill.TradeId))) Fills.Add(fill);
                    break;
                case DecisionRecord decision:
                    if (!Decisions.Exists(d => Identity(d) == Identity(decision))) Decisions.Add(decision);
                    break;
                case PositionRecord position: Positions.Add(position); break;
                case TradingStateRecord state: States.Add(state); break;
                case SnapshotRecord snapshot: Snapshots[snapshot.Owner] = snapshot; break;
                default: throw new ArgumentException(record.GetType().Name);
            }
        }

        static (string, string, string, string) Identity(DecisionRecord d) => (d.Account, d.IntentId, d.Outcome, d.Reason);
    }
}
