namespace Granary.Engine.Execution.Slicing;

/// <summary>What a schedule asks for at a moment.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Reason">Why.</param>
/// <param name="Number">Number of the slice to send, or of the one that works or worked last: 1 and up; 0 before the first.</param>
/// <param name="Quantity">
/// Base units: to send, a multiple of the step; to cancel or working, what is open of the slice; when done, the remainder that was not filled.
/// </param>
/// <param name="DueMs">When to ask again at the latest, milliseconds since the Unix epoch, UTC; null when done or when only an answer of the venue can
/// change it.</param>
public readonly record struct SliceDecision(SliceAction Action, SliceReason Reason, int Number, decimal Quantity, long? DueMs);
