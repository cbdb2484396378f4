namespace Granary.Backtest.Results;

/// <summary>How the price moved after the fills of resting orders: adverse selection.</summary>
/// <param name="HorizonMs">Time after the fill, milliseconds.</param>
/// <param name="Count">Fills whose price after that time is known.</param>
/// <param name="MeanMove">Mean move in the fill's favour, share of its price; negative is adverse. Null without fills.</param>
public sealed record Markout(long HorizonMs, int Count, double? MeanMove);
