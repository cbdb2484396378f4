namespace Granary.Silo.Alerts;

/// <summary>How often and how loudly alerts are told; all times milliseconds.</summary>
/// <param name="ResolveAfterMs">How long a condition must have ceased before it counts as over, 0 or more: one that flaps is one alert.</param>
/// <param name="EventMs">How long an event must not have happened again before it counts as over, above 0.</param>
/// <param name="RemindMs">Distance between reminders of a condition that lasts; 0 for none.</param>
/// <param name="EscalateMs">How long a condition may last before a warning becomes critical; 0 for ever.</param>
/// <param name="PerMinuteMax">Notices a minute of critical alerts, and as many of the others; 1 or more. The rest waits, nothing is dropped.</param>
public sealed record AlertPolicy(long ResolveAfterMs, long EventMs, long RemindMs, long EscalateMs, int PerMinuteMax);
