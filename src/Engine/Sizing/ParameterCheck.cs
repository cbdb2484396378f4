namespace Granary.Engine.Sizing;

/// <summary>How the parameters of sizing refuse a value.</summary>
internal static class ParameterCheck
{
    /// <exception cref="ArgumentException">The value is outside the range; the message names the parameter, the value and the range.</exception>
    public static void Within(string name, decimal value, decimal min, decimal max) => Require(name, value, value >= min && value <= max, min, max);

    /// <inheritdoc cref="Within(string, decimal, decimal, decimal)"/>
    public static void Within(string name, double value, double min, double max) => Require(name, value, value >= min && value <= max, min, max);

    private static void Require(string name, IFormattable value, bool isRight, IFormattable min, IFormattable max)
    {
        if (!isRight) throw new ArgumentException(FormattableString.Invariant($"{name} was {value}, expected {min} to {max}"), name);
    }
}
