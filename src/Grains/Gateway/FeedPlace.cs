using Granary.Engine.Market;

namespace Granary.Grains.Gateway;

/// <summary>How far a symbol's streams have come.</summary>
/// <param name="Events">Events of the stream asked about, since the start.</param>
/// <param name="LastTradeId">Id of the last trade; 0 before the first.</param>
/// <param name="LastBookId">Last update of the book; 0 before the first.</param>
/// <param name="Ticker">The last quote; its prices are 0 before the first.</param>
internal readonly record struct FeedPlace(long Events, long LastTradeId, long LastBookId, BookTicker Ticker);
