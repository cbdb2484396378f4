namespace Granary.Engine.Selection;

/// <summary>The position that a selected symbol should have.</summary>
/// <param name="Side">Long or short.</param>
/// <param name="Symbol">The symbol.</param>
/// <param name="Factor">Its factor.</param>
/// <param name="Rank">Its rank in the pool.</param>
/// <param name="Close">Close of the run's candle, quote units.</param>
/// <param name="FaceValue">Smallest position, base units.</param>
/// <param name="Capital">Capital for this symbol, quote units.</param>
/// <param name="Quantity">Size of the position on its side, base units, 0 or more; a multiple of the face value with its decimals.</param>
public sealed record TargetPosition(
    SelectionSide Side, string Symbol, double Factor, int Rank, decimal Close, decimal FaceValue, decimal Capital, decimal Quantity)
{
    /// <summary>Quantity times close (pos_val), quote units; may be a little above the capital, because quantities are rounded to nearest.</summary>
    public decimal Value => Quantity * Close;
}
