namespace Granary.Grains.Interfaces.Strategies;

/// <summary>Which bars a symbol's activation speaks of.</summary>
/// <param name="Number">
/// Number of the series; a symbol that begins its bars anew, from index 0, begins another one. A strategy's state belongs to one series.
/// </param>
/// <param name="Epoch">
/// Number of the symbol's activation. With another one a strategy goes back to its state in the journal, where symbol and strategies stand at the same bar.
/// </param>
[GenerateSerializer, Immutable, Alias("granary.BarSeries")]
public readonly record struct BarSeries([property: Id(0)] long Number, [property: Id(1)] long Epoch);
