using System.Globalization;

namespace Granary.Engine.Selection;

/// <summary>
/// The neutral coin selection (formulas §5.4): of all symbols that are eligible, have values and pass the filters, sells those at the head of the order by
/// factor and buys those at its tail. Ties, of rank and of factor, are broken by symbol, ordinal. A pool too small to hold both sides selects nothing, so
/// that no symbol is ever bought and sold at once.
/// </summary>
public sealed class Selector
{
    private readonly SelectionOptions _options;
    private readonly FilterRule[] _rules;
    private readonly decimal[] _limits;

    /// <summary>A selector.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public Selector(SelectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _rules = [.. options.Filters.Select(filter => FactorCatalog.RuleOf(filter.Name))];
        _limits = [.. options.Filters.Select(FactorCatalog.LimitOf)];
    }

    /// <summary>Selects.</summary>
    /// <param name="runCandleMs">Open time of the candle that closed at the run, milliseconds since the Unix epoch, UTC.</param>
    /// <param name="rows">All symbols, in any order, each once.</param>
    /// <exception cref="ArgumentException">A symbol occurs twice, or a row has another number of filters than the options; the message names it.</exception>
    public CoinSelection Select(long runCandleMs, IEnumerable<SelectionRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var dropped = new List<DroppedSymbol>();
        var passed = new List<SelectionRow>();
        foreach (var row in Sorted(rows))
        {
            if (Check(row, runCandleMs) is { } drop) dropped.Add(drop);
            else passed.Add(row);
        }

        var pool = Rank(passed, dropped);
        FactorRanking.Sort(pool, _options.Factors);
        dropped.Sort((a, b) => string.CompareOrdinal(a.Symbol, b.Symbol));

        var (shorts, longs) = (_options.ShortCount, _options.LongCount);
        if (pool.Count >= shorts + longs) return new CoinSelection(runCandleMs, pool, pool[..shorts], pool[^longs..], dropped, "");
        var refusal = string.Create(CultureInfo.InvariantCulture, $"the pool has {pool.Count} symbols, {shorts} short and {longs} long need {shorts + longs}");
        return new CoinSelection(runCandleMs, pool, [], [], dropped, refusal);
    }

    private List<SelectionRow> Sorted(IEnumerable<SelectionRow> rows)
    {
        var sorted = rows.ToList();
        sorted.Sort((a, b) => string.CompareOrdinal(a.Symbol, b.Symbol));
        for (var i = 0; i < sorted.Count; i++)
        {
            if (i > 0 && sorted[i].Symbol == sorted[i - 1].Symbol) throw new ArgumentException($"symbol {sorted[i].Symbol} occurs twice", nameof(rows));
            if (sorted[i].Factors.Count != _options.Factors.Count)
                throw new ArgumentException($"symbol {sorted[i].Symbol} has {sorted[i].Factors.Count} factors, expected {_options.Factors.Count}");
            if (sorted[i].Filters.Count != _rules.Length)
                throw new ArgumentException($"symbol {sorted[i].Symbol} has {sorted[i].Filters.Count} filter values, expected {_rules.Length}", nameof(rows));
        }
        return sorted;
    }

    /// <summary>Every test that concerns one symbol alone; null when it passes.</summary>
    private DroppedSymbol? Check(SelectionRow row, long runCandleMs)
    {
        if (row.CandleCount < _options.CandleCountMin)
            return Drop(row, DropReason.TooFewCandles, $"{row.CandleCount} candles, at least {_options.CandleCountMin} wanted");
        if (row.LastCandleMs != runCandleMs) return Drop(row, DropReason.NotReady, $"last candle is of {row.LastCandleMs}, expected {runCandleMs}");
        if (row.FlatCount >= _options.FlatCountMax)
            return Drop(row, DropReason.Flat, $"not traded for {row.FlatCount} candles, fewer than {_options.FlatCountMax} wanted");
        for (var i = 0; i < row.Factors.Count; i++)
        {
            if (row.Factors[i] is not { } factor || !double.IsFinite(factor))
                return Drop(row, DropReason.NoFactor, $"{_options.Factors[i].Column} has no value");
        }
        for (var i = 0; i < _rules.Length; i++)
        {
            if (row.Filters[i] is null) return Drop(row, DropReason.NoFilter, $"{_options.Filters[i].Column} has no value");
        }
        for (var i = 0; i < _rules.Length; i++)
        {
            if (_rules[i] == FilterRule.ValueMax && row.Filters[i] > _limits[i])
                return Drop(row, DropReason.AboveLimit, $"{_options.Filters[i].Column} is {row.Filters[i]}, at most {_limits[i]} wanted");
        }
        return null;
    }

    /// <summary>Applies the ranking filters in their order, each to what the one before has left.</summary>
    /// <param name="rows">The symbols, sorted by symbol.</param>
    /// <param name="dropped">Takes those that rank too low.</param>
    private List<PooledSymbol> Rank(List<SelectionRow> rows, List<DroppedSymbol> dropped)
    {
        var pool = rows.ConvertAll(row => new PooledSymbol(row, 0, 0));
        for (var i = 0; i < _rules.Length; i++)
        {
            if (_rules[i] != FilterRule.RankMax) continue;
            var filter = i;

            // A stable sort of rows that are sorted by symbol: ties stay in the order of symbols.
            var ranked = pool.OrderByDescending(symbol => symbol.Row.Filters[filter]!.Value).ToList();
            var kept = (int)Math.Min(_limits[i], ranked.Count);
            for (var place = kept; place < ranked.Count; place++)
                dropped.Add(Drop(ranked[place].Row, DropReason.BelowRank, $"rank {place + 1} by {_options.Filters[i].Column}, at most {_limits[i]} wanted"));
            pool = [.. ranked.Take(kept).Select((symbol, place) => symbol with { Rank = place + 1 }).OrderBy(symbol => symbol.Symbol, StringComparer.Ordinal)];
        }
        return pool;
    }

    private static DroppedSymbol Drop(SelectionRow row, DropReason reason, FormattableString detail) =>
        new(row.Symbol, reason, FormattableString.Invariant(detail));
}
