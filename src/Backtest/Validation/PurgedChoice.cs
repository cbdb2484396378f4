namespace Granary.Backtest.Validation;

/// <summary>One fold's choice.</summary>
/// <param name="TestFrom">First day of the fold, an index into the days.</param>
/// <param name="TestTo">The one after the last.</param>
/// <param name="TrainDays">Days left to choose on after purge and embargo.</param>
/// <param name="Chosen">The configuration chosen on them; null when none has a ratio.</param>
/// <param name="TrainSharpe">Its daily ratio on them.</param>
/// <param name="TestSharpe">Its daily ratio on the fold; null where undefined.</param>
/// <param name="TestRank">Share of the configurations that it is better than on the fold, 0 to 1; null where undefined.</param>
public sealed record PurgedChoice(int TestFrom, int TestTo, int TrainDays, int? Chosen, double? TrainSharpe, double? TestSharpe, double? TestRank);
