using Granary.Journal.Records;

namespace Granary.Silo.Alerts.Rules;

/// <summary>What the incidents of the journal mean for alerts, by their kind.</summary>
public static class IncidentAlerts
{
    private static readonly Dictionary<string, Meaning> Meanings = new(StringComparer.Ordinal)
    {
        [IncidentKinds.MarketStreamLost] = Raise(AlertRules.Disconnect, AlertSeverity.Warning),
        [IncidentKinds.MarketStreamConnected] = Clear(AlertRules.Disconnect),
        [IncidentKinds.UserStreamLost] = Raise(AlertRules.Disconnect, AlertSeverity.Warning),
        [IncidentKinds.UserStreamConnected] = Clear(AlertRules.Disconnect),
        [IncidentKinds.FeedStale] = Raise(AlertRules.StaleStream, AlertSeverity.Warning),
        [IncidentKinds.FeedAllStale] = Raise(AlertRules.StaleStream, AlertSeverity.Critical),
        [IncidentKinds.FeedDiverging] = Raise(AlertRules.StaleStream, AlertSeverity.Critical),
        [IncidentKinds.FeedUnverified] = Raise(AlertRules.StaleStream, AlertSeverity.Info),
        [IncidentKinds.FeedAgreeing] = Clear(AlertRules.StaleStream),
        [IncidentKinds.StreamSilent] = Raise(AlertRules.StaleStream, AlertSeverity.Warning),
        [IncidentKinds.StreamHeard] = Clear(AlertRules.StaleStream),
        [IncidentKinds.TradesMissing] = Event(AlertRules.StaleStream, AlertSeverity.Warning),
        [IncidentKinds.OrderUnknown] = Event(AlertRules.UnknownOrder, AlertSeverity.Warning),
        [IncidentKinds.StopUnknown] = Event(AlertRules.UnknownOrder, AlertSeverity.Warning),
        [IncidentKinds.PositionDiffers] = Event(AlertRules.ReconcileDifference, AlertSeverity.Critical),
        [IncidentKinds.WalletDifference] = Event(AlertRules.ReconcileDifference, AlertSeverity.Warning),
        [IncidentKinds.OrderDiffers] = Event(AlertRules.ReconcileDifference, AlertSeverity.Info),
        [IncidentKinds.OrderGone] = Event(AlertRules.ReconcileDifference, AlertSeverity.Info),
        [IncidentKinds.OrderRevived] = Event(AlertRules.ReconcileDifference, AlertSeverity.Warning),
        [IncidentKinds.FillsMissed] = Event(AlertRules.ReconcileDifference, AlertSeverity.Info),
        [IncidentKinds.GrainStuck] = Raise(AlertRules.StuckGrain, AlertSeverity.Critical),
        [IncidentKinds.GrainAnswers] = Clear(AlertRules.StuckGrain),
        [IncidentKinds.QueueGrowing] = Raise(AlertRules.StuckGrain, AlertSeverity.Warning),
        [IncidentKinds.QueueShort] = Clear(AlertRules.StuckGrain),
        [IncidentKinds.GridStateLost] = Event(AlertRules.ReconcileDifference, AlertSeverity.Warning),
        [IncidentKinds.GridRejected] = Event(AlertRules.LimitHit, AlertSeverity.Warning),
        [IncidentKinds.GridLeverage] = Event(AlertRules.LimitHit, AlertSeverity.Warning),
        [IncidentKinds.EntryRule] = Event(AlertRules.LimitHit, AlertSeverity.Warning),
        [IncidentKinds.KillSwitch] = Event(AlertRules.Stopped, AlertSeverity.Critical),
        [IncidentKinds.EngineStop] = Event(AlertRules.Stopped, AlertSeverity.Info),
        [IncidentKinds.Flattened] = Event(AlertRules.Stopped, AlertSeverity.Warning),
        [IncidentKinds.Settlement] = Event(AlertRules.Stopped, AlertSeverity.Critical),
        [IncidentKinds.Liquidation] = Event(AlertRules.LiquidationDistance, AlertSeverity.Critical),
        [IncidentKinds.Deleveraging] = Event(AlertRules.LiquidationDistance, AlertSeverity.Critical),
        [IncidentKinds.StopRefused] = Event(AlertRules.Protection, AlertSeverity.Critical),
        [IncidentKinds.StopLost] = Event(AlertRules.Protection, AlertSeverity.Critical),
        [IncidentKinds.StopMissing] = Event(AlertRules.Protection, AlertSeverity.Warning),
        [IncidentKinds.DeadMansSwitch] = Event(AlertRules.Protection, AlertSeverity.Warning),
        [IncidentKinds.ForeignOrder] = Event(AlertRules.ForeignOrder, AlertSeverity.Warning),
        [IncidentKinds.ForeignTrigger] = Event(AlertRules.ForeignOrder, AlertSeverity.Warning),
        [IncidentKinds.RecordingFailed] = Event(AlertRules.Disk, AlertSeverity.Warning),
        [IncidentKinds.TapeDamaged] = Event(AlertRules.Disk, AlertSeverity.Warning),
        [IncidentKinds.TradesNotRecorded] = Event(AlertRules.Disk, AlertSeverity.Warning),
    };

    /// <summary>The signal of an incident, or null when nobody needs to be told.</summary>
    public static AlertSignal? Of(IncidentRecord incident)
    {
        if (!Meanings.TryGetValue(incident.Kind, out var meaning)) return null;
        return new AlertSignal(meaning.Kind, meaning.Rule, incident.Scope, meaning.Severity, $"{incident.Kind}: {incident.Seen}; {incident.Done}; {incident.Result}");
    }

    private static Meaning Raise(string rule, AlertSeverity severity) => new(AlertSignalKind.Raise, rule, severity);

    private static Meaning Clear(string rule) => new(AlertSignalKind.Clear, rule, AlertSeverity.Info);

    private static Meaning Event(string rule, AlertSeverity severity) => new(AlertSignalKind.Event, rule, severity);

    private sealed record Meaning(AlertSignalKind Kind, string Rule, AlertSeverity Severity);
}
