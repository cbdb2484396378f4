using Granary.Engine.Market;

namespace Granary.Tape;

/// <summary>One funding settlement of a file.</summary>
/// <param name="Symbol">Upper-case symbol: the row's own, else the one in the file's name (<see cref="TapePart.Symbol"/>); empty when neither tells it.</param>
/// <param name="IntervalHours">Hours that the rate is for; null where the layout does not tell it.</param>
/// <param name="Funding">Time and rate.</param>
public readonly record struct FundingRow(string Symbol, int? IntervalHours, FundingRate Funding);
