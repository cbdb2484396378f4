namespace Granary.Engine.Selection;

/// <summary>
/// What symbols are sorted by (formulas §5.4). A class with a <see cref="FactorAttribute"/> and a public constructor that takes the window is a factor
/// that the configuration can name, by the name of the class.
/// </summary>
public interface ICandleFactor : ICandleStatistic
{
    /// <summary>The factor at the last candle; null while it has no value. Never infinite or not a number.</summary>
    double? Value { get; }
}
