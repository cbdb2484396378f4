namespace Granary.Engine.Selection;

/// <summary>
/// What narrows the symbols down before they are sorted (formulas §5.4). A class with a <see cref="FilterAttribute"/> and a public constructor that takes
/// the window is a filter that the configuration can name, by the name of the class.
/// </summary>
public interface ICandleFilter : ICandleStatistic
{
    /// <summary>The filter's value at the last candle; null while it has none. Sums of exchange decimals are exact, ratios have 28 digits.</summary>
    decimal? Value { get; }
}
