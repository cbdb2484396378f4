using System.Diagnostics.Metrics;
using Granary.Silo.Alerts;

namespace Granary.Silo.Metrics;

/// <summary>What alerts count, as granary_alert*, on the meter "Granary".</summary>
public sealed class AlertMetrics
{
    /// <summary>Creates the instruments; they are read when somebody looks.</summary>
    /// <param name="meters">The host's factory; the meter ends with it.</param>
    /// <param name="hub">The alerts.</param>
    public AlertMetrics(IMeterFactory meters, AlertHub hub)
    {
        var meter = meters.Create(new MeterOptions("Granary"));
        meter.CreateObservableGauge(
            "granary_alerts_active",
            () => Enum.GetValues<AlertSeverity>().Select(severity => new Measurement<int>(
                hub.Active.Count(alert => alert.Severity == severity), new KeyValuePair<string, object?>("severity", severity.ToString()))),
            "alerts", "Alerts that stand, by severity.");
        meter.CreateObservableCounter("granary_alert_signals_lost_total", () => hub.SignalsLost, "signals", "Signals that found no room.");
        Lanes("granary_alert_notices_sent_total", "Notices that arrived, by channel.", static lane => lane.Sent);
        Lanes("granary_alert_notices_lost_total", "Notices that were given up or gave way to newer ones, by channel.", static lane => lane.Lost);
        Lanes("granary_alert_send_failures_total", "Attempts to send a notice that failed, by channel.", static lane => lane.Failures);

        void Lanes(string name, string help, Func<AlertLane, long> read) => meter.CreateObservableCounter(
            name, () => hub.Lanes.Select(lane => new Measurement<long>(read(lane), new KeyValuePair<string, object?>("channel", lane.Name))), "notices", help);
    }
}
