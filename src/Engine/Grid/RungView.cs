namespace Granary.Engine.Grid;

/// <summary>A rung, as it is shown.</summary>
/// <param name="Rung">0 at the boundary, rising to the limit.</param>
/// <param name="State">Where it is in its round trip.</param>
/// <param name="Price">Its level, quote units.</param>
/// <param name="TakeProfit">The level that closes it, quote units; null while nothing is held.</param>
/// <param name="Quantity">Base units of its entry; 0 while it was never armed.</param>
/// <param name="Held">Base units held.</param>
/// <param name="EntryPrice">Average entry of what is held, quote units; null while nothing is.</param>
/// <param name="EntryOrderId">The real order that carries its entry; 0 for none.</param>
/// <param name="ExitOrderId">The real order that carries its take-profit or closes it at market; 0 for none.</param>
/// <param name="Rejects">Post-only rejects in a row.</param>
public readonly record struct RungView(
    int Rung, RungState State, decimal Price, decimal? TakeProfit, decimal Quantity, decimal Held, decimal? EntryPrice,
    long EntryOrderId, long ExitOrderId, int Rejects);
