using Granary.Engine.Market;

namespace Granary.Silo.Tests.Feeds;

/// <summary>Takes a symbol's quote.</summary>
internal delegate void QuoteReceiver(int symbolIndex, in BookTicker ticker);
