using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Granary.Engine.Selection;

/// <summary>
/// The candles of a whole market as columns of doubles, candle by candle and within a candle symbol by symbol, and the factors of formulas §5.1 to §5.3 at the
/// last one computed from scratch in one pass over them. The same numbers as <see cref="SymbolFactors"/> gives candle by candle, to the rounding of doubles.
/// Symbols lie side by side in the lanes of a vector, each with its own chain of operations, so the bits do not depend on the vectors' width.
/// </summary>
public sealed class CandleMatrix
{
    private const int Lanes = 4;

    private readonly int _width;
    private readonly double[] _high, _low, _close, _quoteVolume;

    /// <summary>A matrix over arrays that are not copied.</summary>
    /// <param name="symbols">The symbols, each once.</param>
    /// <param name="high">Highest prices, candles times symbols.</param>
    /// <param name="low">Lowest prices.</param>
    /// <param name="close">Last prices.</param>
    /// <param name="quoteVolume">Quote volumes.</param>
    /// <exception cref="ArgumentException">There are no symbols, or the arrays are not of one length that is a whole number of candles.</exception>
    public CandleMatrix(IReadOnlyList<string> symbols, double[] high, double[] low, double[] close, double[] quoteVolume)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        ArgumentNullException.ThrowIfNull(high);
        ArgumentNullException.ThrowIfNull(low);
        ArgumentNullException.ThrowIfNull(close);
        ArgumentNullException.ThrowIfNull(quoteVolume);
        if (symbols.Count == 0) throw new ArgumentException("expected one symbol or more", nameof(symbols));
        if (close.Length % symbols.Count != 0)
            throw new ArgumentException($"{close.Length} closes are no whole number of candles of {symbols.Count} symbols", nameof(close));
        if (high.Length != close.Length || low.Length != close.Length || quoteVolume.Length != close.Length)
            throw new ArgumentException($"expected {close.Length} values in every column", nameof(close));
        (Symbols, _width, _high, _low, _close, _quoteVolume) = (symbols, symbols.Count, high, low, close, quoteVolume);
        CandleCount = close.Length / _width;
    }

    /// <summary>The symbols, in the order of the columns.</summary>
    public IReadOnlyList<string> Symbols { get; }

    /// <summary>Candles of each symbol.</summary>
    public int CandleCount { get; }

    /// <summary>Closes of the last candle, quote units.</summary>
    public ReadOnlySpan<double> LastCloses => Row(_close, CandleCount - 1);

    /// <summary>MtmAtrMean (formulas §5.1) of every symbol at the last candle; NaN while it has no value.</summary>
    /// <param name="window">n, 1 or more.</param>
    public double[] MtmAtrMean(int window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        var values = new double[_width];
        if (CandleCount <= window)
        {
            Array.Fill(values, double.NaN);
            return values;
        }
        var atr = Atr(window);
        var returns = Math.Min(window, CandleCount - window);
        double[] momentum = new double[_width], closes = new double[_width];
        for (var i = CandleCount - returns; i < CandleCount; i++) AddReturns(momentum, Row(_close, i), Row(_close, i - window));
        for (var i = CandleCount - window; i < CandleCount; i++) AddAll(closes, Row(_close, i));
        for (var s = 0; s < _width; s++) values[s] = momentum[s] / returns * atr[s] / (closes[s] / window);
        return values;
    }

    /// <summary>ChgPctMax (formulas §5.2) of every symbol at the last candle; NaN while it has no value.</summary>
    /// <param name="window">n, 1 or more.</param>
    public double[] ChgPctMax(int window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        var values = new double[_width];
        Array.Fill(values, CandleCount > window ? double.NegativeInfinity : double.NaN);
        for (var i = CandleCount - window; CandleCount > window && i < CandleCount; i++)
        {
            ReadOnlySpan<double> now = Row(_close, i), before = Row(_close, i - 1);
            for (var s = 0; s < _width; s++) values[s] = Math.Max(values[s], (now[s] / before[s]) - 1);
        }
        return values;
    }

    /// <summary>Sum of the quote volumes (formulas §5.3) of every symbol at the last candle.</summary>
    /// <param name="window">n, 1 or more.</param>
    public double[] Volume(int window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        var values = new double[_width];
        for (var i = Math.Max(CandleCount - window, 0); i < CandleCount; i++) AddAll(values, Row(_quoteVolume, i));
        return values;
    }

    /// <summary>Wilder's average true range: the one part that all candles count for.</summary>
    private double[] Atr(int window)
    {
        double[] seed = new double[_width], atr = new double[_width];
        for (var i = 1; i <= window; i++)
        {
            ReadOnlySpan<double> high = Row(_high, i), low = Row(_low, i), before = Row(_close, i - 1);

            // Summed as distances from the first item, as the average that takes one candle at a time does it.
            for (var s = 0; s < _width; s++)
            {
                var range = Math.Max(high[s], before[s]) - Math.Min(low[s], before[s]);
                if (i == 1) seed[s] = range;
                atr[s] += range - seed[s];
            }
        }
        for (var s = 0; s < _width; s++) atr[s] = seed[s] + (atr[s] / window);
        for (var i = window + 1; i < CandleCount; i++) Smooth(atr, i, window);
        return atr;
    }

    private void Smooth(double[] atr, int candle, int window)
    {
        ref var average = ref MemoryMarshal.GetArrayDataReference(atr);
        ref var high = ref MemoryMarshal.GetReference(Row(_high, candle));
        ref var low = ref MemoryMarshal.GetReference(Row(_low, candle));
        ref var before = ref MemoryMarshal.GetReference(Row(_close, candle - 1));
        var unit = Vector256.Create((double)window);
        var s = 0;
        for (; s <= _width - Lanes; s += Lanes)
        {
            var (at, close) = ((nuint)s, Vector256.LoadUnsafe(ref before, (nuint)s));
            var range = Vector256.Max(Vector256.LoadUnsafe(ref high, at), close) - Vector256.Min(Vector256.LoadUnsafe(ref low, at), close);
            var value = Vector256.LoadUnsafe(ref average, at);
            (value + ((range - value) / unit)).StoreUnsafe(ref average, at);
        }
        ReadOnlySpan<double> highs = Row(_high, candle), lows = Row(_low, candle), closes = Row(_close, candle - 1);
        for (; s < _width; s++) atr[s] += (Math.Max(highs[s], closes[s]) - Math.Min(lows[s], closes[s]) - atr[s]) / window;
    }

    private static void AddReturns(double[] sums, ReadOnlySpan<double> now, ReadOnlySpan<double> earlier)
    {
        ref var sum = ref MemoryMarshal.GetArrayDataReference(sums);
        ref var last = ref MemoryMarshal.GetReference(now);
        ref var first = ref MemoryMarshal.GetReference(earlier);
        var s = 0;
        for (; s <= sums.Length - Lanes; s += Lanes)
        {
            var (at, earliest) = ((nuint)s, Vector256.LoadUnsafe(ref first, (nuint)s));
            (Vector256.LoadUnsafe(ref sum, at) + ((Vector256.LoadUnsafe(ref last, at) - earliest) / earliest)).StoreUnsafe(ref sum, at);
        }
        for (; s < sums.Length; s++) sums[s] += (now[s] - earlier[s]) / earlier[s];
    }

    private static void AddAll(double[] sums, ReadOnlySpan<double> items)
    {
        for (var s = 0; s < sums.Length; s++) sums[s] += items[s];
    }

    private ReadOnlySpan<double> Row(double[] column, int candle) => column.AsSpan(candle * _width, _width);
}
