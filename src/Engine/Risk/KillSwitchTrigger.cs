namespace Granary.Engine.Risk;

/// <summary>What one kind of incident leads to. Several of one kind make steps; the strictest that is reached holds.</summary>
public sealed record KillSwitchTrigger
{
    /// <summary>Name in messages; not empty, required.</summary>
    public string Name { get; init; } = "";

    /// <summary>What is watched; required.</summary>
    public IncidentKind Kind { get; init; }

    /// <summary>Level above which it fires, below which for <see cref="IncidentKind.LiquidationDistance"/>, in the kind's unit; 0 or more, required.</summary>
    public decimal Threshold { get; init; }

    /// <summary>What it demands, None turns it off; required.</summary>
    public StopAction Action { get; init; }

    /// <summary>
    /// The default: an order of unknown outcome for 2 minutes, a difference of 100 quote units in a reconciliation, a liquidation distance below 5 % or a
    /// user stream silent for 10 minutes reduce only; a drawdown above 25 % halts.
    /// </summary>
    public static IReadOnlyList<KillSwitchTrigger> Defaults { get; } =
    [
        new() { Name = "unknown-order", Kind = IncidentKind.UnknownOrder, Threshold = 120_000, Action = StopAction.ReduceOnly },
        new() { Name = "reconcile-difference", Kind = IncidentKind.ReconcileDifference, Threshold = 100, Action = StopAction.ReduceOnly },
        new() { Name = "drawdown", Kind = IncidentKind.Drawdown, Threshold = 0.25m, Action = StopAction.Halt },
        new() { Name = "liquidation-distance", Kind = IncidentKind.LiquidationDistance, Threshold = 0.05m, Action = StopAction.ReduceOnly },
        new() { Name = "stale-stream", Kind = IncidentKind.StaleStream, Threshold = 600_000, Action = StopAction.ReduceOnly },
    ];

    internal bool IsReached(decimal measure) => Kind == IncidentKind.LiquidationDistance ? measure < Threshold : measure > Threshold;
}
