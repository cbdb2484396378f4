namespace Granary.Engine.Book;

/// <summary>An order book at one moment, as a venue's REST interface gives it.</summary>
/// <param name="LastUpdateId">The last update contained; changes continue from here.</param>
/// <param name="TimeMs">Transaction time, milliseconds since the Unix epoch, UTC; 0 where the venue does not send it.</param>
/// <param name="Bids">Bids, best first.</param>
/// <param name="Asks">Asks, best first.</param>
/// <param name="Limit">
/// Levels a side that were asked for, 1 or more. A side that came back with fewer is whole; one with as many may go on beyond its last price.
/// </param>
public sealed record BookSnapshot(long LastUpdateId, long TimeMs, IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks, int Limit);
