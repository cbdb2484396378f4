namespace Granary.Engine.Sizing;

/// <summary>The two roundings of quantities: down to the lot step for entries by risk, half to even by face value for the coin selection.</summary>
public static class LotRounding
{
    /// <summary>The largest multiple of the step that is not above the quantity; 0 for quantities of 0 or less.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is not above 0.</exception>
    public static decimal FloorToStep(decimal quantity, decimal step)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        return quantity <= 0 ? 0 : decimal.Floor(quantity / step) * step;
    }

    /// <summary>
    /// Position for a capital: round_half_even(capital / close / face value) * face value (formulas §5.5). To the nearest multiple, so it may cost a little
    /// more than the capital. One division only, so that a tie stays a tie.
    /// </summary>
    /// <param name="capital">Quote units, 0 or more.</param>
    /// <param name="close">Price in quote units, above 0.</param>
    /// <param name="faceValue">Smallest position in base units, above 0; the result keeps its number of decimals.</param>
    /// <exception cref="ArgumentOutOfRangeException">The close or the face value is not above 0, or the capital is negative.</exception>
    public static decimal ToFaceValue(decimal capital, decimal close, decimal faceValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capital);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(close);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(faceValue);
        return decimal.Round(capital / (close * faceValue), MidpointRounding.ToEven) * faceValue;
    }
}
