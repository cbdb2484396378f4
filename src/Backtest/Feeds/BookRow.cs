namespace Granary.Backtest.Feeds;

/// <summary>One change of a level, or one trade, of a recorded book. Prices and quantities times 10^8.</summary>
/// <param name="TimeMs">The venue's time, milliseconds since the Unix epoch, UTC; does not fall.</param>
/// <param name="PriceE8">Price.</param>
/// <param name="QuantityE8">Quantity of the level from now on, or of the trade.</param>
/// <param name="Id">Id of the trade; 0 for a level.</param>
/// <param name="Kind">What it is.</param>
/// <param name="IsLast">Whether the message that it came with ends here.</param>
public readonly record struct BookRow(long TimeMs, long PriceE8, long QuantityE8, long Id, BookRowKind Kind, bool IsLast);
