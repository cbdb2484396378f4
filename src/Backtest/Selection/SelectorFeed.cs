using Granary.Backtest.Feeds;
using Granary.Engine.Market;

namespace Granary.Backtest.Selection;

/// <summary>One symbol's candles, funding and rules for a run of the selector.</summary>
/// <param name="Rules">The venue's rules.</param>
/// <param name="Candles">By rising open time; not copied.</param>
/// <param name="Funding">Settlements by rising time; empty without any.</param>
public sealed record SelectorFeed(SymbolRules Rules, ReadOnlyMemory<Kline> Candles, IReadOnlyList<FundingRate> Funding)
{
    // Rules are guessed from candles that no run can trade on yet, so that a later digit cannot change an earlier order.
    private const int GuessedFrom = 500;

    /// <summary>Upper-case symbol.</summary>
    public string Symbol => Rules.Symbol;

    /// <summary>
    /// Feeds of candle files. Files without a quote volume get volume times close. Steps are those that the first 500 candles tell; give the venue's own for
    /// symbols that are known.
    /// </summary>
    /// <param name="feeds">What <see cref="FeedFiles.Candles"/> read.</param>
    /// <param name="rulesOf">The venue's rules of a symbol; null to guess them.</param>
    public static IReadOnlyList<SelectorFeed> Of(IEnumerable<MarketFeed> feeds, Func<string, SymbolRules?>? rulesOf = null) =>
    [
        .. feeds.OfType<CandleFeed>().Select(feed =>
        {
            Kline[] candles = [.. feed.Candles.Span.ToArray().Select(WithQuoteVolume)];
            return new SelectorFeed(rulesOf?.Invoke(feed.Symbol) ?? RulesGuess.Of(feed.Symbol, [.. candles.Take(GuessedFrom)]), candles, feed.Funding);
        }),
    ];

    /// <summary>The same without what comes at or after a moment: candles that are not closed by then, and later funding.</summary>
    /// <param name="toMs">Milliseconds since the Unix epoch, UTC.</param>
    public SelectorFeed Until(long toMs)
    {
        var count = 0;
        while (count < Candles.Length && Candles.Span[count].CloseTimeMs < toMs) count++;
        return this with { Candles = Candles[..count], Funding = [.. Funding.TakeWhile(rate => rate.TimeMs < toMs)] };
    }

    private static Kline WithQuoteVolume(Kline candle) =>
        candle.QuoteVolume == 0 && candle.Volume > 0 ? candle with { QuoteVolume = candle.Volume * candle.Close } : candle;
}
