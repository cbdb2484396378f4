using Granary.Engine.Sizing;

namespace Granary.Engine.Selection;

/// <summary>
/// Sizes of selected symbols (formulas §5.5): half of the capital to each side, the same for every symbol of a side, rounded half to even to multiples of
/// the face value. The venue's minimum notional is not looked at here; it belongs to the orders.
/// </summary>
public static class PositionSizer
{
    /// <summary>Capital for one symbol: capital / 2 / symbols of the side.</summary>
    /// <param name="capital">Capital of the whole selection, quote units, above 0.</param>
    /// <param name="sideCount">Symbols of the side, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static decimal CapitalPerSymbol(decimal capital, int sideCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capital);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sideCount);
        return capital / 2 / sideCount;
    }

    /// <summary>round_half_even(capital / close / face value) * face value, with the decimals of the face value.</summary>
    /// <param name="capital">Capital for the symbol, quote units, 0 or more.</param>
    /// <param name="close">Price, quote units, above 0.</param>
    /// <param name="faceValue">Smallest position, base units, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static decimal Quantity(decimal capital, decimal close, decimal faceValue) => LotRounding.ToFaceValue(capital, close, faceValue);

    /// <summary>The positions of a selection: shorts, then longs, each in the order of the pool. None when nothing was selected.</summary>
    /// <param name="selection">The selection.</param>
    /// <param name="options">The options it was made with.</param>
    /// <param name="faceValueOf">Smallest position of a symbol, base units, above 0; null when it is not known.</param>
    /// <exception cref="ArgumentException">A selected symbol has no face value, or its face value or close is not above 0; the message names it.</exception>
    public static IReadOnlyList<TargetPosition> Assign(CoinSelection selection, SelectionOptions options, Func<string, decimal?> faceValueOf)
    {
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(faceValueOf);
        var positions = new List<TargetPosition>(selection.Shorts.Count + selection.Longs.Count);
        Add(SelectionSide.Short, selection.Shorts);
        Add(SelectionSide.Long, selection.Longs);
        return positions;

        void Add(SelectionSide side, IReadOnlyList<PooledSymbol> symbols)
        {
            foreach (var symbol in symbols)
            {
                if (faceValueOf(symbol.Symbol) is not { } faceValue || faceValue <= 0)
                    throw new ArgumentException($"symbol {symbol.Symbol} has no face value above 0", nameof(faceValueOf));
                if (symbol.Row.Close <= 0) throw new ArgumentException($"symbol {symbol.Symbol} has no close above 0", nameof(selection));
                var capital = CapitalPerSymbol(options.Capital, symbols.Count);
                var quantity = Quantity(capital, symbol.Row.Close, faceValue);
                positions.Add(new TargetPosition(side, symbol.Symbol, symbol.Factor, symbol.Rank, symbol.Row.Close, faceValue, capital, quantity));
            }
        }
    }
}
