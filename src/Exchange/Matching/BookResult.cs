namespace Granary.Exchange.Matching;

/// <summary>What a submission to the book did.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="ExecutedE8">Quantity that traded, times 10^8.</param>
/// <param name="Resting">The resting order when the outcome is Rested, else null.</param>
public readonly record struct BookResult(MatchOutcome Outcome, long ExecutedE8, BookOrder? Resting);
