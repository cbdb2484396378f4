using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Selection;

/// <summary>The factor and the filters of one symbol, fed candle by candle (formulas §5.1 to §5.3). Not safe for concurrent use.</summary>
public sealed class SymbolFactors
{
    private readonly string[] _columns;
    private readonly ICandleFilter[] _filters;

    /// <summary>A symbol without candles.</summary>
    /// <param name="symbol">Upper-case symbol.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="filters">The filters, in the order of <see cref="SelectionOptions.Filters"/>.</param>
    /// <exception cref="ArgumentException">A name is unknown or a parameter out of range; the message says which.</exception>
    public SymbolFactors(string symbol, FactorSpec factor, IReadOnlyList<FilterSpec> filters)
    {
        ArgumentException.ThrowIfNullOrEmpty(symbol);
        ArgumentNullException.ThrowIfNull(factor);
        ArgumentNullException.ThrowIfNull(filters);
        Symbol = symbol;
        Factor = FactorCatalog.CreateFactor(factor);
        _filters = [.. filters.Select(FactorCatalog.CreateFilter)];
        _columns = [factor.Column, .. filters.Select(filter => filter.Column)];
    }

    /// <summary>The symbol.</summary>
    public string Symbol { get; }

    /// <summary>The factor.</summary>
    public ICandleFactor Factor { get; }

    /// <summary>The filters, in the order they were given in.</summary>
    public IReadOnlyList<ICandleFilter> Filters => _filters;

    /// <summary>Candles taken.</summary>
    public long CandleCount { get; private set; }

    /// <summary>Open time of the last candle, milliseconds since the Unix epoch, UTC; 0 before the first.</summary>
    public long LastCandleMs { get; private set; }

    /// <summary>Close of the last candle, quote units; 0 before the first.</summary>
    public decimal Close { get; private set; }

    /// <summary>Takes the next closed candle. Holes must have been filled before: the statistics count candles, not hours.</summary>
    /// <returns>False when the candle is not later than the last one; then it was ignored.</returns>
    public bool Add(in Kline candle)
    {
        if (CandleCount > 0 && candle.OpenTimeMs <= LastCandleMs) return false;
        Factor.Add(candle);
        foreach (var filter in _filters) filter.Add(candle);
        CandleCount++;
        LastCandleMs = candle.OpenTimeMs;
        Close = candle.Close;
        return true;
    }

    /// <summary>The symbol as it stands now, for the selection.</summary>
    public SelectionRow ToRow() => new(Symbol, Factor.Value, [.. _filters.Select(filter => filter.Value)], Close, CandleCount, LastCandleMs);

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(SymbolFactors), 1);
        writer.Write(Symbol);
        writer.Write(_columns.Length);
        foreach (var column in _columns) writer.Write(column);
        writer.Write(CandleCount);
        writer.Write(LastCandleMs);
        writer.Write(Close);
        Factor.Write(writer);
        foreach (var filter in _filters) filter.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The snapshot.</param>
    /// <param name="symbol">The symbol it must be of.</param>
    /// <param name="factor">The factor it must have been taken with.</param>
    /// <param name="filters">The filters it must have been taken with.</param>
    /// <exception cref="InvalidDataException">The snapshot is of another symbol, factor or filters (the message names them), or damaged.</exception>
    /// <exception cref="ArgumentException">A name is unknown or a parameter out of range; the message says which.</exception>
    public static SymbolFactors Read(ref SnapshotReader reader, string symbol, FactorSpec factor, IReadOnlyList<FilterSpec> filters)
    {
        var factors = new SymbolFactors(symbol, factor, filters);
        reader.Section(nameof(SymbolFactors), 1);
        var writtenSymbol = reader.ReadString();
        if (writtenSymbol != symbol) throw new InvalidDataException($"snapshot holds the factors of {writtenSymbol}, expected {symbol}");
        var count = reader.ReadInt32();
        if (count != factors._columns.Length)
            throw new InvalidDataException($"snapshot of {symbol} holds {count} factors and filters, expected {factors._columns.Length}");
        foreach (var column in factors._columns)
        {
            var written = reader.ReadString();
            if (written == column) continue;
            throw new InvalidDataException(
                $"snapshot of {symbol} was taken with {written}, configured is {column}; restore the option or load the candles afresh");
        }
        factors.CandleCount = reader.ReadInt64();
        if (factors.CandleCount < 0) throw new InvalidDataException($"snapshot of {symbol} is damaged: it claims {factors.CandleCount} candles");
        factors.LastCandleMs = reader.ReadInt64();
        factors.Close = reader.ReadDecimal();
        factors.Factor.Restore(ref reader);
        foreach (var filter in factors._filters) filter.Restore(ref reader);
        return factors;
    }
}
