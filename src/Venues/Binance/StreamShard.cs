namespace Granary.Venues.Binance;

/// <summary>What one market connection carries.</summary>
/// <param name="Path">Path to connect to.</param>
/// <param name="Label">Name in messages, for example "market 1/2".</param>
/// <param name="CarriesTrades">Whether it carries trades and mark prices, or quotes.</param>
/// <param name="SymbolIndices">The symbols.</param>
/// <param name="Subscriptions">The SUBSCRIBE messages, in order; the n-th has the id n, counted from 1.</param>
internal sealed record StreamShard(string Path, string Label, bool CarriesTrades, IReadOnlyList<int> SymbolIndices, IReadOnlyList<byte[]> Subscriptions);
