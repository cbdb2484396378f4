namespace Granary.Exchange.Markets;

/// <summary>How long one request and what it was decided on were under way, milliseconds of market time.</summary>
/// <param name="FeedMs">The market event, to the caller.</param>
/// <param name="EntryMs">The request, to the exchange.</param>
/// <param name="ResponseMs">The answer, to the caller.</param>
internal readonly record struct LatencyTimes(long FeedMs, long EntryMs, long ResponseMs);
