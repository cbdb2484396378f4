using Granary.Backtest.Runs;
using Granary.Backtest.Validation;
using Granary.Engine.Market;
using Granary.Tape;

namespace Granary.Backtest.Feeds;

/// <summary>Recorded aggregate trades: files (csv, csv.gz, zip, columnar tapes) in the order of time, or trades in memory.</summary>
public sealed class TradeFeed : MarketFeed
{
    private readonly Func<ITradeBlocks> _open;

    /// <summary>Trades from files.</summary>
    /// <param name="rules">The venue's rules.</param>
    /// <param name="parts">The files in the order of time.</param>
    /// <param name="options">How to read; null for strict defaults.</param>
    public TradeFeed(SymbolRules rules, IReadOnlyList<TapePart> parts, TapeOptions? options = null)
        : base(rules)
    {
        ArgumentNullException.ThrowIfNull(parts);
        _open = () => new FileTrades(parts, options);
    }

    /// <summary>Trades in memory.</summary>
    /// <param name="rules">The venue's rules.</param>
    /// <param name="trades">By rising id; not copied.</param>
    public TradeFeed(SymbolRules rules, ReadOnlyMemory<AggTrade> trades)
        : base(rules) => _open = () => new MemoryTrades(trades);

    private TradeFeed(TradeFeed original, Func<ITradeBlocks> open)
        : base(original.Rules)
    {
        _open = open;
        Funding = original.Funding;
        Brackets = original.Brackets;
    }

    /// <inheritdoc/>
    public override MarketFeed Until(long toMs) => new TradeFeed(this, () => new CutTrades(_open(), toMs));

    /// <inheritdoc/>
    public override MarketFeed Stressed(StressPath path) => new TradeFeed(this, () => new StressedTrades(_open(), path, Fixed8.FromDecimal(Rules.TickSize)));

    internal override long FirstMs()
    {
        using var blocks = _open();
        return blocks.TryRead(out var block) ? block[0].TimeMs : long.MaxValue;
    }

    internal override decimal GuessThreshold()
    {
        using var blocks = _open();
        return blocks.TryRead(out var block) ? Threshold(block) : 1;
    }

    internal override SymbolRun Start(RunSetup setup) => new TradeRun(setup, _open());

    private static decimal Threshold(ReadOnlySpan<AggTrade> trades)
    {
        const int perBar = 50;
        Int128 sum = 0;
        foreach (ref readonly var trade in trades) sum += trade.QuantityE8;
        return Math.Max(Fixed8.ToDecimal((long)(sum * perBar / trades.Length)), Fixed8.ToDecimal(1));
    }

    private sealed class MemoryTrades(ReadOnlyMemory<AggTrade> trades) : ITradeBlocks
    {
        private const int BlockTrades = 4_096;
        private int _next;

        public bool TryRead(out ReadOnlySpan<AggTrade> block)
        {
            block = trades.Span.Slice(_next, Math.Min(BlockTrades, trades.Length - _next));
            _next += block.Length;
            return !block.IsEmpty;
        }

        public void Dispose()
        {
        }
    }

    private sealed class FileTrades(IReadOnlyList<TapePart> parts, TapeOptions? options) : ITradeBlocks
    {
        private AggTradeSource? _source;
        private int _next;

        public bool TryRead(out ReadOnlySpan<AggTrade> block)
        {
            while (true)
            {
                if (_source is null)
                {
                    if (_next == parts.Count)
                    {
                        block = [];
                        return false;
                    }
                    _source = new AggTradeSource(parts[_next++], options);
                }
                if (_source.TryReadBlock(out block)) return true;
                _source.Dispose();
                _source = null;
            }
        }

        public void Dispose() => _source?.Dispose();
    }
}
