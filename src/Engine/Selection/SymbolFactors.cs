using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Selection;

/// <summary>The factors and the filters of one symbol, fed candle by candle (formulas §5.1 to §5.3). Not safe for concurrent use.</summary>
public sealed class SymbolFactors
{
    private readonly string[] _columns;
    private readonly ICandleFactor[] _factors;
    private readonly ICandleFilter[] _filters;

    /// <summary>A symbol without candles.</summary>
    /// <param name="symbol">Upper-case symbol.</param>
    /// <param name="factors">The factors, in the order of <see cref="SelectionOptions.Factors"/>.</param>
    /// <param name="filters">The filters, in the order of <see cref="SelectionOptions.Filters"/>.</param>
    /// <exception cref="ArgumentException">A name is unknown or a parameter out of range; the message says which.</exception>
    public SymbolFactors(string symbol, IReadOnlyList<FactorSpec> factors, IReadOnlyList<FilterSpec> filters)
    {
        ArgumentException.ThrowIfNullOrEmpty(symbol);
        ArgumentNullException.ThrowIfNull(factors);
        ArgumentNullException.ThrowIfNull(filters);
        Symbol = symbol;
        _factors = [.. factors.Select(FactorCatalog.CreateFactor)];
        _filters = [.. filters.Select(FactorCatalog.CreateFilter)];
        _columns = [.. factors.Select(factor => factor.Column), .. filters.Select(filter => filter.Column)];
    }

    /// <summary>The symbol.</summary>
    public string Symbol { get; }

    /// <summary>The factors, in the order they were given in.</summary>
    public IReadOnlyList<ICandleFactor> Factors => _factors;

    /// <summary>The filters, in the order they were given in.</summary>
    public IReadOnlyList<ICandleFilter> Filters => _filters;

    /// <summary>Candles taken.</summary>
    public long CandleCount { get; private set; }

    /// <summary>Open time of the last candle, milliseconds since the Unix epoch, UTC; 0 before the first.</summary>
    public long LastCandleMs { get; private set; }

    /// <summary>Close of the last candle, quote units; 0 before the first.</summary>
    public decimal Close { get; private set; }

    /// <summary>Quote volume of the last candle, quote units; 0 before the first.</summary>
    public decimal QuoteVolume { get; private set; }

    /// <summary>Candles up to the last one, without a break, that saw no trade.</summary>
    public long FlatCount { get; private set; }

    /// <summary>Takes the next closed candle. Holes must have been filled before: the statistics count candles, not hours.</summary>
    /// <returns>False when the candle is not later than the last one; then it was ignored.</returns>
    public bool Add(in Kline candle)
    {
        if (CandleCount > 0 && candle.OpenTimeMs <= LastCandleMs) return false;
        foreach (var factor in _factors) factor.Add(candle);
        foreach (var filter in _filters) filter.Add(candle);
        CandleCount++;
        LastCandleMs = candle.OpenTimeMs;
        Close = candle.Close;
        QuoteVolume = candle.QuoteVolume;
        FlatCount = candle.Volume > 0 ? 0 : FlatCount + 1;
        return true;
    }

    /// <summary>
    /// Takes the next closed candle where candles may be missing before it: those count as ones without a trade, at the last close. Call it only when they are
    /// known to be missing for good.
    /// </summary>
    /// <param name="candle">The candle.</param>
    /// <param name="intervalMs">Length of a candle, milliseconds, above 0.</param>
    /// <returns>False when the candle is not later than the last one; then it was ignored.</returns>
    public bool AddFilled(in Kline candle, long intervalMs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(intervalMs);
        if (CandleCount == 0) return Add(candle);
        for (var missing = LastCandleMs + intervalMs; missing < candle.OpenTimeMs; missing += intervalMs)
            Add(new Kline(missing, Close, Close, Close, Close, 0, missing + intervalMs - 1, 0, 0, 0, 0));
        return Add(candle);
    }

    /// <summary>The symbol as it stands now, for the selection.</summary>
    public SelectionRow ToRow()
    {
        var factors = new double?[_factors.Length];
        for (var i = 0; i < factors.Length; i++) factors[i] = _factors[i].Value;
        var filters = new decimal?[_filters.Length];
        for (var i = 0; i < filters.Length; i++) filters[i] = _filters[i].Value;
        return new SelectionRow(Symbol, factors, filters, Close, CandleCount, LastCandleMs) { QuoteVolume = QuoteVolume, FlatCount = FlatCount };
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(SymbolFactors), 2);
        writer.Write(Symbol);
        writer.Write(_columns.Length);
        foreach (var column in _columns) writer.Write(column);
        writer.Write(CandleCount);
        writer.Write(LastCandleMs);
        writer.Write(Close);
        writer.Write(QuoteVolume);
        writer.Write(FlatCount);
        foreach (var factor in _factors) factor.Write(writer);
        foreach (var filter in _filters) filter.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The snapshot.</param>
    /// <param name="symbol">The symbol it must be of.</param>
    /// <param name="factors">The factors it must have been taken with.</param>
    /// <param name="filters">The filters it must have been taken with.</param>
    /// <exception cref="InvalidDataException">The snapshot is of another symbol, factor or filters (the message names them), or damaged.</exception>
    /// <exception cref="ArgumentException">A name is unknown or a parameter out of range; the message says which.</exception>
    public static SymbolFactors Read(ref SnapshotReader reader, string symbol, IReadOnlyList<FactorSpec> factors, IReadOnlyList<FilterSpec> filters)
    {
        var state = new SymbolFactors(symbol, factors, filters);
        reader.Section(nameof(SymbolFactors), 2);
        var writtenSymbol = reader.ReadString();
        if (writtenSymbol != symbol) throw new InvalidDataException($"snapshot holds the factors of {writtenSymbol}, expected {symbol}");
        var count = reader.ReadInt32();
        if (count != state._columns.Length)
            throw new InvalidDataException($"snapshot of {symbol} holds {count} factors and filters, expected {state._columns.Length}");
        foreach (var column in state._columns)
        {
            var written = reader.ReadString();
            if (written == column) continue;
            throw new InvalidDataException(
                $"snapshot of {symbol} was taken with {written}, configured is {column}; restore the option or load the candles afresh");
        }
        state.CandleCount = reader.ReadInt64();
        if (state.CandleCount < 0) throw new InvalidDataException($"snapshot of {symbol} is damaged: it claims {state.CandleCount} candles");
        state.LastCandleMs = reader.ReadInt64();
        state.Close = reader.ReadDecimal();
        state.QuoteVolume = reader.ReadDecimal();
        state.FlatCount = reader.ReadInt64();
        if (state.FlatCount < 0 || state.FlatCount > state.CandleCount)
            throw new InvalidDataException($"snapshot of {symbol} is damaged: it claims {state.FlatCount} candles without a trade of {state.CandleCount}");
        foreach (var factor in state._factors) factor.Restore(ref reader);
        foreach (var filter in state._filters) filter.Restore(ref reader);
        return state;
    }
}
