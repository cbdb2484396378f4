namespace Granary.Backtest.Results;

/// <summary>A symbol's last price at one moment.</summary>
/// <param name="TimeMs">Milliseconds since the Unix epoch, UTC.</param>
/// <param name="Price">Quote units.</param>
public readonly record struct PricePoint(long TimeMs, decimal Price);
