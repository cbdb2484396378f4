namespace Granary.Silo.Alerts;

/// <summary>What a rule has to say. Rule and scope together name the alert.</summary>
/// <param name="Kind">What is said.</param>
/// <param name="Rule">A name of <see cref="Rules.AlertRules"/>.</param>
/// <param name="Scope">What it concerns, for example account main or symbol BTCUSDT.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Text">What was seen; empty with Clear.</param>
public sealed record AlertSignal(AlertSignalKind Kind, string Rule, string Scope, AlertSeverity Severity, string Text);
