namespace Granary.Exchange;

/// <summary>A scheduled move of a synthetic symbol's fair price, on top of its noise: a crash, a squeeze, the recovery after it.</summary>
/// <param name="StartMs">Market time at which it begins, milliseconds since the Unix epoch, UTC.</param>
/// <param name="DurationMs">How long it takes, 1 to 86,400,000 ms; the pace is even in the logarithm.</param>
/// <param name="Share">Change of the fair price from beginning to end, a fraction: -0.2 is a fall of 20 %. Above -0.95, at most 10.</param>
public sealed record SyntheticMove(long StartMs, long DurationMs, double Share);
