namespace Granary.Engine.Reconciliation;

/// <summary>One thing that did not agree, in words for the operator.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Subject">What it is about: an order's or stop's id, trade ids, or the symbol. With the kind it tells one finding from another.</param>
/// <param name="Seen">What was seen.</param>
/// <param name="Done">What is done about it.</param>
/// <param name="Result">The state that results.</param>
public sealed record Finding(FindingKind Kind, string Subject, string Seen, string Done, string Result);
