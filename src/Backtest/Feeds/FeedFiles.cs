using Granary.Engine.Market;
using Granary.Tape;
using Granary.Tape.Columnar;

namespace Granary.Backtest.Feeds;

/// <summary>Makes feeds of files: trades and candles by their layout, funding beside them.</summary>
public static class FeedFiles
{
    /// <summary>Feeds of trade files, one a symbol; the files of a symbol in the order given.</summary>
    /// <param name="parts">The files.</param>
    /// <param name="symbol">The symbol of files that do not tell it; null when all do.</param>
    /// <param name="funding">Funding of all symbols.</param>
    /// <exception cref="TapeException">A file is missing, damaged or of another layout.</exception>
    /// <exception cref="ArgumentException">A file does not tell its symbol.</exception>
    public static IReadOnlyList<MarketFeed> Trades(
        IEnumerable<TapePart> parts, string? symbol = null, IReadOnlyDictionary<string, IReadOnlyList<FundingRate>>? funding = null) =>
    [
        .. parts.GroupBy(part => NameOf(part.Symbol, part.Name, symbol)).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new TradeFeed(
            RulesOf(group.Key, group.First()), [.. group]) { Funding = FundingOf(funding, group.Key) }),
    ];

    /// <summary>Feeds of captured sockets with depth and trades, one a symbol; the captures in the order of time.</summary>
    /// <param name="paths">The captures.</param>
    /// <param name="funding">Funding of all symbols.</param>
    /// <param name="wanted">The symbols to take; null for all.</param>
    /// <exception cref="TapeException">A capture is missing or damaged.</exception>
    /// <exception cref="ArgumentException">A capture holds no order book, or the captures are not in the order of time.</exception>
    public static IReadOnlyList<MarketFeed> Books(
        IReadOnlyList<string> paths, IReadOnlyDictionary<string, IReadOnlyList<FundingRate>>? funding = null, IReadOnlySet<string>? wanted = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var captures = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        var rules = new Dictionary<string, SymbolRules>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            var found = BookSymbols.Of(path);
            if (found.Count == 0) throw new ArgumentException($"{path} holds no depth updates of any symbol; record them with the trades");
            foreach (var (name, own) in found)
            {
                if (wanted is not null && !wanted.Contains(name)) continue;
                if (!captures.TryGetValue(name, out var files)) captures[name] = files = [];
                files.Add(path);
                rules.TryAdd(name, own);
            }
        }
        return
        [
            .. captures.Select(pair => new BookFeed(rules[pair.Key], BookFeed.Load(rules[pair.Key], pair.Value).Rows) { Funding = FundingOf(funding, pair.Key) }),
        ];
    }

    /// <summary>Feeds of candle files, one a symbol.</summary>
    /// <param name="parts">The files.</param>
    /// <param name="symbol">The symbol of files that do not tell it; null when all do.</param>
    /// <param name="funding">Funding of all symbols.</param>
    /// <param name="wanted">The symbols to take; null for all.</param>
    /// <exception cref="TapeException">A file is missing, damaged or of another layout.</exception>
    /// <exception cref="ArgumentException">A file does not tell its symbol, or candles of a symbol overlap.</exception>
    public static IReadOnlyList<MarketFeed> Candles(
        IEnumerable<TapePart> parts, string? symbol = null, IReadOnlyDictionary<string, IReadOnlyList<FundingRate>>? funding = null,
        IReadOnlySet<string>? wanted = null)
    {
        var candles = new SortedDictionary<string, List<Kline>>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            if (part.Symbol.Length > 0 && wanted is not null && !wanted.Contains(part.Symbol)) continue;
            using var reader = new KlineReader(part.Path, new TapeOptions { Member = part.Member, PriceJumpMax = 0 });
            while (reader.TryReadBlock(out var rows))
            {
                foreach (ref readonly var row in rows)
                {
                    var name = NameOf(row.Symbol, part.Name, symbol);
                    if (wanted is not null && !wanted.Contains(name)) continue;
                    if (!candles.TryGetValue(name, out var own)) candles[name] = own = [];
                    if (own.Count > 0 && row.Kline.OpenTimeMs <= own[^1].OpenTimeMs)
                        throw new ArgumentException(
                            $"{part.Name}: the candle of {name} at {row.Kline.OpenTimeMs} is not later than the one before it; "
                            + "give each file once, in the order of time");
                    own.Add(row.Kline);
                }
            }
        }
        return [.. candles.Select(pair =>
            new CandleFeed(RulesGuess.Of(pair.Key, pair.Value), pair.Value.ToArray()) { Funding = FundingOf(funding, pair.Key) })];
    }

    /// <summary>Funding by symbol.</summary>
    /// <exception cref="TapeException">The file is missing, damaged or of another layout.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<FundingRate>> Funding(IEnumerable<TapePart> parts, string? symbol = null)
    {
        var rates = new Dictionary<string, List<FundingRate>>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            using var reader = new FundingReader(part.Path, new TapeOptions { Member = part.Member });
            while (reader.TryReadBlock(out var rows))
            {
                foreach (ref readonly var row in rows)
                {
                    var name = NameOf(row.Symbol, part.Name, symbol);
                    if (!rates.TryGetValue(name, out var own)) rates[name] = own = [];
                    own.Add(row.Funding);
                }
            }
        }
        return rates.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<FundingRate>)[.. pair.Value.OrderBy(rate => rate.TimeMs)], StringComparer.Ordinal);
    }

    private static IReadOnlyList<FundingRate> FundingOf(IReadOnlyDictionary<string, IReadOnlyList<FundingRate>>? funding, string symbol) =>
        funding is not null && funding.TryGetValue(symbol, out var own) ? own : [];

    private static string NameOf(string told, string file, string? symbol) => told.Length > 0
        ? told
        : symbol ?? throw new ArgumentException($"{file} does not tell its symbol; name it with --symbol");

    private static SymbolRules RulesOf(string symbol, TapePart part)
    {
        using var source = new AggTradeSource(part);
        return source.TryReadBlock(out var block) ? RulesGuess.Of(symbol, block) : RulesGuess.Of(symbol, ReadOnlySpan<AggTrade>.Empty);
    }
}
