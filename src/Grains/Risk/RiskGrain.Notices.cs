using System.Globalization;
using Granary.Engine.Risk;
using Granary.Journal;
using Granary.Journal.Records;

namespace Granary.Grains.Risk;

/// <summary>
/// What the engine does to the account by itself goes to the journal with its reason: every change of the state in force, and every rule (formulas §4.4) that
/// begins or ceases to stop or shrink entries. Said anew after every start, so that what a kill swallowed is not missing for good.
/// </summary>
public sealed partial class RiskGrain
{
    private const string Stopped = "nothing is opened; exits and protection go on";

    private readonly SortedSet<string> _rulesTold = new(StringComparer.Ordinal);
    private TradingState? _stateTold;

    /// <summary>Brings the journal up to what has changed since the last time.</summary>
    private async Task NoticeChangesAsync()
    {
        var incidents = StateIncidents();
        try
        {
            if (incidents.Count > 0) await _journal.EnqueueAsync(incidents, null);
        }
        catch (JournalException e)
        {
            _stateTold = null;
            _rulesTold.Clear();
            LogReconcileFailed(e, _account, "changes of state");
        }

        await NoticeStopAsync();
    }

    /// <summary>An incident for each change since the last time; they count as told.</summary>
    private List<IncidentRecord> StateIncidents()
    {
        var incidents = new List<IncidentRecord>();
        if (_gate.State != _stateTold)
        {
            var done = _gate.State == TradingState.Active ? "entries are allowed" : Stopped;
            var reason = StateReason();
            incidents.Add(Incident("AccountState", reason.Length > 0 ? reason : "stream, books and wallet are known", done, $"state {_gate.State}"));
            _stateTold = _gate.State;
        }

        var view = _gate.View();
        Tell(RefusalReason.DailyLoss, view.EntriesHaltedUntilMs is not null, Invariant($"realised loss of the day {view.DayLossRatio:P2} of its opening equity"));
        Tell(RefusalReason.DailyTotalLoss, view.IsTotalLossHalted, Invariant($"equity {view.Equity:0.##} after {view.DayStartEquity:0.##} at the day's start"));
        Tell(RefusalReason.DrawdownStop, view.IsDrawdownStopped, Invariant($"drawdown {view.Drawdown:P2} from the highest equity of 7 days"));
        Tell(RefusalReason.LossStreakPause, view.PausedUntilMs > _marketTimeMs, Invariant($"{view.LossStreak} losing trades in a row"));
        return incidents;

        void Tell(RefusalReason rule, bool isOn, string seen)
        {
            var name = rule.ToString();
            if (isOn == _rulesTold.Contains(name)) return;
            if (isOn) _rulesTold.Add(name);
            else _rulesTold.Remove(name);
            incidents.Add(Incident("EntryRule", seen, isOn ? Stopped : "no longer stops entries", $"{name} {(isOn ? "on" : "off")}"));
        }
    }

    private IncidentRecord Incident(string kind, string seen, string done, string result) => new($"account {_account}", kind, seen, done, result, NowMs);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
