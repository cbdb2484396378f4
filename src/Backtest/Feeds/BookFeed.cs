using Granary.Backtest.Runs;
using Granary.Backtest.Validation;
using Granary.Engine.Market;
using Granary.Tape;

namespace Granary.Backtest.Feeds;

/// <summary>A recorded order book with its trades. Orders are matched against its levels, and queue behind what stood there.</summary>
public sealed class BookFeed : MarketFeed
{
    /// <summary>Captures that follow each other may be apart by so much and still be of one book.</summary>
    private const long PauseMs = 10_000;

    /// <summary>The recorder's clocks: a capture may begin so much before the one before it ends.</summary>
    private const long OverlapMsMax = 10_000;

    /// <summary>Rows in memory.</summary>
    /// <param name="rules">The venue's rules.</param>
    /// <param name="rows">In the order in which they came; not copied.</param>
    public BookFeed(SymbolRules rules, ReadOnlyMemory<BookRow> rows)
        : base(rules) => Rows = rows;

    /// <summary>The rows.</summary>
    public ReadOnlyMemory<BookRow> Rows { get; }

    /// <summary>Reads one symbol's depth and trades out of a capture of a socket. Times are the venue's; one that falls counts as the one before it.</summary>
    /// <param name="rules">The venue's rules of the symbol.</param>
    /// <param name="path">The capture.</param>
    /// <exception cref="TapeException">The capture is damaged; the message names file and line.</exception>
    public static BookFeed Load(SymbolRules rules, string path) => Load(rules, [path]);

    /// <summary>Reads one symbol's depth and trades out of captures in the order of time. After a pause between two the book begins anew.</summary>
    /// <param name="rules">The venue's rules of the symbol.</param>
    /// <param name="paths">The captures.</param>
    /// <exception cref="TapeException">A capture is damaged; the message names file and line.</exception>
    /// <exception cref="ArgumentException">A capture begins before the one named before it ends.</exception>
    public static BookFeed Load(SymbolRules rules, IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(paths);
        var rows = new List<BookRow>();
        foreach (var path in paths)
        {
            var (from, endMs) = (rows.Count, rows.Count > 0 ? rows[^1].TimeMs : long.MinValue);
            Read(rules.Symbol, path, rows);
            if (from == 0 || from == rows.Count) continue;
            var beginMs = rows[from].TimeMs;
            if (beginMs < endMs - OverlapMsMax)
                throw new ArgumentException($"{path} begins before the capture named before it ends; name captures in the order of time");
            if (beginMs > endMs + PauseMs) rows.Insert(from, new BookRow(beginMs, 0, 0, 0, BookRowKind.Clear, false));
            for (var i = from; i < rows.Count && rows[i].TimeMs < endMs; i++) rows[i] = rows[i] with { TimeMs = endMs };
        }
        return new BookFeed(rules, rows.ToArray());
    }

    private static void Read(string symbol, string path, List<BookRow> rows)
    {
        var prefix = symbol.ToLowerInvariant() + "@";
        var hasSingles = false;
        long timeMs = 0;
        foreach (var frame in SocketCapture.Read(path, new TapeOptions { Checks = TapeChecks.Lenient }))
        {
            // A REST snapshot does not say whose it is: it counts where the capture is of this symbol alone, which is what its own depth stream shows.
            if (frame.Stream.Length > 0 && !frame.Stream.StartsWith(prefix, StringComparison.Ordinal)) continue;
            switch (frame.Kind)
            {
                case CaptureKind.DepthUpdate:
                    var update = CaptureMessages.ReadDepthUpdate(frame);
                    timeMs = Math.Max(timeMs, update.TimeMs);
                    Add(rows, timeMs, update.Bids, update.Asks);
                    break;
                case CaptureKind.DepthSnapshot:
                    var snapshot = CaptureMessages.ReadDepthSnapshot(frame);
                    timeMs = Math.Max(timeMs, snapshot.TimeMs);
                    rows.Add(new BookRow(timeMs, 0, 0, 0, BookRowKind.Clear, false));
                    Add(rows, timeMs, snapshot.Bids, snapshot.Asks);
                    break;
                case CaptureKind.Trade:
                    hasSingles = true;
                    var single = CaptureMessages.ReadTrade(frame);
                    if (!single.IsMarket || single.QuantityE8 == 0) break;
                    timeMs = Math.Max(timeMs, single.TimeMs);
                    rows.Add(Trade(timeMs, single.ToAggTrade()));
                    break;
                case CaptureKind.AggTrade when !hasSingles:
                    var trade = CaptureMessages.ReadAggTrade(frame);
                    timeMs = Math.Max(timeMs, trade.TimeMs);
                    rows.Add(Trade(timeMs, trade));
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public override MarketFeed Until(long toMs)
    {
        var count = 0;
        while (count < Rows.Length && Rows.Span[count].TimeMs < toMs) count++;
        return new BookFeed(Rules, Rows[..count]) { Funding = Funding, Brackets = Brackets };
    }

    /// <inheritdoc/>
    public override MarketFeed Stressed(StressPath path)
    {
        var tickE8 = Fixed8.FromDecimal(Rules.TickSize);
        BookRow[] rows =
        [
            .. Rows.ToArray().Where(row => !path.Drops(row.TimeMs)).Select(row =>
            {
                var factor = path.Factor(row.TimeMs, row.Kind is BookRowKind.Ask or BookRowKind.Buy ? 1 : -1);
                return factor == 1 ? row : row with { PriceE8 = Math.Max((long)Math.Round(row.PriceE8 * factor / tickE8), 1) * tickE8 };
            }),
        ];
        return new BookFeed(Rules, rows) { Funding = Funding, Brackets = Brackets };
    }

    internal override long FirstMs() => Rows.IsEmpty ? long.MaxValue : Rows.Span[0].TimeMs;

    internal override decimal GuessThreshold()
    {
        const int wanted = 1_000, perBar = 50;
        var (sum, count) = (0m, 0);
        foreach (ref readonly var row in Rows.Span)
        {
            if (row.Kind is not (BookRowKind.Buy or BookRowKind.Sell)) continue;
            sum += Fixed8.ToDecimal(row.QuantityE8);
            if (++count == wanted) break;
        }
        return count == 0 ? 1 : Math.Max(decimal.Round(sum * perBar / count, Fixed8.Decimals), Fixed8.ToDecimal(1));
    }

    internal override SymbolRun Start(RunSetup setup) => new BookRun(setup, Rows);

    private static BookRow Trade(long timeMs, in AggTrade trade) =>
        new(timeMs, trade.PriceE8, trade.QuantityE8, trade.Id, trade.IsBuyerMaker ? BookRowKind.Sell : BookRowKind.Buy, true);

    private static void Add(List<BookRow> rows, long timeMs, DepthLevel[] bids, DepthLevel[] asks)
    {
        for (var i = 0; i < bids.Length; i++)
            rows.Add(new BookRow(timeMs, bids[i].PriceE8, bids[i].QuantityE8, 0, BookRowKind.Bid, asks.Length == 0 && i == bids.Length - 1));
        for (var i = 0; i < asks.Length; i++) rows.Add(new BookRow(timeMs, asks[i].PriceE8, asks[i].QuantityE8, 0, BookRowKind.Ask, i == asks.Length - 1));
    }
}
