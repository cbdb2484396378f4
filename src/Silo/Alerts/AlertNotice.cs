using System.Globalization;

namespace Granary.Silo.Alerts;

/// <summary>One message about an alert.</summary>
/// <param name="State">What it tells.</param>
/// <param name="Rule">A name of <see cref="Rules.AlertRules"/>.</param>
/// <param name="Scope">What it concerns.</param>
/// <param name="Severity">How much it matters now.</param>
/// <param name="Text">What was seen last.</param>
/// <param name="Count">How often it was seen since it began; a condition counts once.</param>
/// <param name="SinceMs">When it began, milliseconds since the Unix epoch, UTC.</param>
/// <param name="TimeMs">When this was told, milliseconds since the Unix epoch, UTC.</param>
public sealed record AlertNotice(AlertState State, string Rule, string Scope, AlertSeverity Severity, string Text, long Count, long SinceMs, long TimeMs)
{
    /// <summary>The notice as one line of plain text.</summary>
    /// <param name="engine">Name of the engine that tells it.</param>
    public string ToLine(string engine)
    {
        var times = Count > 1 ? $" ({Count} times)" : "";
        var since = DateTimeOffset.FromUnixTimeMilliseconds(SinceMs).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return $"[{State.ToString().ToUpperInvariant()}] {Severity} {Rule}, {Scope} of {engine}: {Text}{times}, since {since} UTC";
    }
}
