using Granary.Engine.Market;
using Granary.Tape.Columnar;

namespace Granary.Silo.Recording;

/// <summary>The kinds, by the names that the configuration knows.</summary>
internal static class RecordedKinds
{
    public static RecordedKind<AggTrade> AggTrades { get; } = new(DailyKinds.AggTrades, false);

    public static RecordedKind<BookTicker> BookTickers { get; } = new(DailyKinds.BookTickers, true);

    public static RecordedKind<MarkPrice> MarkPrices { get; } = new(DailyKinds.MarkPrices, true);
}
