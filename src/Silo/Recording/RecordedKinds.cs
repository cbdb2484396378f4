using Granary.Engine.Market;

namespace Granary.Silo.Recording;

/// <summary>The kinds, by the names that the configuration knows.</summary>
internal static class RecordedKinds
{
    public static RecordedKind<AggTrade> AggTrades { get; } = new("aggTrades", false, t => t.Id, t => t.TimeMs);

    public static RecordedKind<BookTicker> BookTickers { get; } = new("bookTickers", true, t => t.UpdateId, t => t.TimeMs);

    public static RecordedKind<MarkPrice> MarkPrices { get; } = new("markPrices", true, m => m.TimeMs, m => m.TimeMs);
}
