using Granary.Client.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Views;

/// <summary>Alerts: those that stand, then the latest messages.</summary>
public static class AlertsView
{
    /// <summary>Messages that are drawn; --json has all.</summary>
    private const int RecentMax = 20;

    /// <summary>Draws them.</summary>
    public static IRenderable Render(AlertsBody alerts) => new Rows(
        alerts.Active.Count == 0 ? new Markup("No alert stands.") : Table(alerts.Active, "Since (UTC)", static a => a.SinceMs),
        alerts.Recent.Count == 0 ? new Markup("None was told since the start.") : Table(alerts.Recent.Take(RecentMax), "Told (UTC)", static a => a.TimeMs));

    private static Table Table(IEnumerable<AlertBody> alerts, string time, Func<AlertBody, long> timeMs)
    {
        var table = TableMaker.Create(time, "State", "Severity", "Rule", "Scope~", "Seen~");
        foreach (var a in alerts)
            table.AddRow(Format.Time(timeMs(a)), Format.Text(a.State), Format.Text(a.Severity), Format.Text(a.Rule), Format.Text(a.Scope), Format.Text(a.Text));
        return table;
    }
}
