namespace Granary.Engine.Signals;

/// <summary>How the options of the signals refuse a value.</summary>
internal static class OptionCheck
{
    /// <summary>The longest lookback of a signal, bars.</summary>
    public const int LookbackMax = 10_000;

    /// <exception cref="ArgumentException">The value is not right; the message names the option, the value and the range.</exception>
    public static void Require(string name, double value, bool isRight, string range)
    {
        if (!isRight) throw new ArgumentException(FormattableString.Invariant($"{name} was {value}, expected {range}"), name);
    }
}
