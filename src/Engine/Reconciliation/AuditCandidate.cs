namespace Granary.Engine.Reconciliation;

/// <summary>A symbol whose fills may be asked for.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="AuditedMs">Their latest audit, milliseconds since the Unix epoch, UTC; 0 when there was none since the start or the user stream's return.</param>
/// <param name="MayHaveTraded">Whether there is, or was a short while ago, anything that could trade (<see cref="FillAudit.MayHaveTraded"/>).</param>
public readonly record struct AuditCandidate(string Symbol, long AuditedMs, bool MayHaveTraded);
