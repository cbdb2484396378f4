using Granary.Venues.Ports;

namespace Granary.Grains.Gateway;

/// <summary>Another venue's market, read only to compare with.</summary>
/// <param name="Name">Its name in incidents, metrics and refusals.</param>
/// <param name="Market">Its market data under the engine's symbols.</param>
public sealed record BackupFeed(string Name, IMarketDataPort Market);
