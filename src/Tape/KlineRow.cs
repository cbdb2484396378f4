using Granary.Engine.Market;

namespace Granary.Tape;

/// <summary>One candle of a file.</summary>
/// <param name="Symbol">Upper-case symbol: the row's own, else the one in the file's name (<see cref="TapePart.Symbol"/>); empty when neither tells it.</param>
/// <param name="Kline">
/// The candle. Columns that the layout does not have are 0, and the close time is then the open time plus the step of the file's first rows, minus 1 ms.
/// </param>
public readonly record struct KlineRow(string Symbol, Kline Kline);
