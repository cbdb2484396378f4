using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Protection;
using Granary.Engine.Reconciliation;

namespace Granary.Engine.Tests.Reconciliation;

/// <summary>An engine's books, carried by the kernels alone: what a plan says is done here as the grain does it.</summary>
internal sealed class EngineModel
{
    public const string Symbol = "BTCUSDT";

    public OrderTracker Tracker { get; } = new(Symbol);

    public ProtectiveStops Stops { get; } = new("g", "main");

    public PositionLedger Ledger { get; } = new();

    public SyntheticFills Synthetic { get; } = new();

    /// <summary>Every fill booked, synthetic ones included.</summary>
    public List<Fill> Fills { get; } = [];

    public long NowMs { get; set; } = 1_000_000;

    public EngineSide Side() => new()
    {
        Symbol = Symbol,
        NowMs = NowMs,
        Orders = Tracker.Live,
        Lacking = [.. Tracker.Lacking.Where(order => !Synthetic.IsInferredFor(order.ClientOrderId))],
        Stops = Stops.All,
        Quantity = Ledger.Quantity,
        CostBasis = Ledger.CostBasis,
        FillCount = Fills.Count,
        LastFillMs = Fills.Count == 0 ? 0 : Fills.Max(fill => fill.TimeMs),
        FindOrder = Tracker.Find,
        KnowsTrade = Tracker.KnowsTrade,
        IsOwnStop = Stops.IsOwn,
    };

    public void Take(OrderReport report) => Book(Tracker.Apply(report));

    public void Take(Fill fill) => Book(Tracker.ApplyFill(fill));

    public void CarryOut(ReconcilePlan plan)
    {
        foreach (var step in plan.Steps)
        {
            switch (step)
            {
                case ReconcileStep.TakeStop take when take.IsNewer:
                    Stops.OnListed(take.Report, NowMs);
                    break;
                case ReconcileStep.TakeStop take:
                    Stops.OnReport(take.Report, NowMs);
                    break;
                case ReconcileStep.KeepStop keep:
                    Stops.OnCancelNotSent(keep.ClientId, NowMs);
                    break;
                case ReconcileStep.EndStop end:
                    Stops.OnGone(end.ClientId, NowMs);
                    break;
                case ReconcileStep.TakeOrder take:
                    Take(take.Report);
                    break;
                case ReconcileStep.EndOrder end:
                    Book(Tracker.MarkGone(end.ClientOrderId, NowMs));
                    break;
                case ReconcileStep.TakeFill take:
                    Take(take.Fill);
                    break;
                case ReconcileStep.InferFill infer:
                    Book(Synthetic.Make(Symbol, infer));
                    break;
            }
        }
    }

    private void Book(OrderChange? change)
    {
        foreach (var fill in change?.NewFills ?? [])
        {
            if (Synthetic.Replace(fill) is { } replacement) Book(replacement);
            Book(fill);
        }
    }

    private void Book(Fill fill)
    {
        Ledger.Apply(fill);
        Synthetic.Take(fill);
        Fills.Add(fill);
    }
}
