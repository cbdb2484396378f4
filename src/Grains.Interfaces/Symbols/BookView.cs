using System.Text.Json.Serialization;
using Granary.Engine.Book;

namespace Granary.Grains.Interfaces.Symbols;

/// <summary>The order book of a symbol in numbers (formulas §8), as of one moment. Null is "no value".</summary>
/// <param name="TimeMs">Transaction time of the book's last change, milliseconds since the Unix epoch, UTC; 0 while there is no book.</param>
/// <param name="State">Empty, Syncing or Live.</param>
/// <param name="Resyncs">How often the book was begun anew from a snapshot because it could not be trusted.</param>
/// <param name="Spread">Best ask minus best bid, quote units.</param>
/// <param name="Microprice">Size-weighted mid, quote units.</param>
/// <param name="Imbalance">(bid size - ask size) / sum at the best prices, -1 to 1.</param>
/// <param name="OrderFlow">Order flow imbalance of the best quotes over the last updates, base units.</param>
/// <param name="Momentum">Movement of the microprice over the last updates, a fraction of the mid.</param>
/// <param name="Acceleration">Difference of two successive such movements.</param>
/// <param name="ChangePerSecond">Quantity changed near the best prices, base units a second.</param>
/// <param name="Depth">Volumes, imbalance and slopes down to some numbers of levels; empty while there is no book.</param>
/// <param name="LargeBids">Bids far larger than their neighbours, best first.</param>
/// <param name="LargeAsks">Asks far larger than their neighbours, best first.</param>
[GenerateSerializer, Immutable, Alias("granary.BookView")]
public sealed record BookView(
    [property: Id(0)] long TimeMs,
    [property: Id(1)] string State,
    [property: Id(2)] long Resyncs,
    [property: Id(3)] decimal? Spread,
    [property: Id(4)] double? Microprice,
    [property: Id(5)] double? Imbalance,
    [property: Id(6)] decimal? OrderFlow,
    [property: Id(7)] double? Momentum,
    [property: Id(8)] double? Acceleration,
    [property: Id(9)] double? ChangePerSecond,
    [property: Id(10)] IReadOnlyList<DepthView> Depth,
    [property: Id(11)] IReadOnlyList<LevelView> LargeBids,
    [property: Id(12)] IReadOnlyList<LevelView> LargeAsks)
{
    /// <summary>Levels of each side in <see cref="Bids"/> and <see cref="Asks"/>.</summary>
    public const int LevelsMax = 20;

    /// <summary>The best bids, best first; empty, the default, while the book is not live. Not part of what operators are shown.</summary>
    [Id(13), JsonIgnore]
    public BookLevel[] Bids { get; init; } = [];

    /// <summary>The best asks, likewise.</summary>
    [Id(14), JsonIgnore]
    public BookLevel[] Asks { get; init; } = [];
}
