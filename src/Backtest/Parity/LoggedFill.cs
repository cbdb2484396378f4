namespace Granary.Backtest.Parity;

/// <summary>One execution of a logged order.</summary>
/// <param name="TimeMs">Market time, milliseconds since the Unix epoch, UTC.</param>
/// <param name="Price">Quote units.</param>
/// <param name="Quantity">Base units.</param>
/// <param name="Fee">Paid, quote units; negative for a rebate.</param>
/// <param name="IsMaker">Whether the order rested.</param>
public sealed record LoggedFill(long TimeMs, decimal Price, decimal Quantity, decimal Fee, bool IsMaker);
