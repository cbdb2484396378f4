namespace Granary.Engine.Execution.Slicing;

/// <summary>How the options of execution refuse a value.</summary>
internal static class ExecutionCheck
{
    /// <exception cref="ArgumentException">The value is outside the range; the message names the option, the value and the range.</exception>
    public static void Within(string name, double value, double min, double max) =>
        // Written so that a NaN fails.
        Require(name, value, value >= min && value <= max, FormattableString.Invariant($"{min} to {max}"));

    /// <inheritdoc cref="Within(string, double, double, double)"/>
    public static void Within(string name, decimal value, decimal min, decimal max) =>
        Require(name, value, value >= min && value <= max, FormattableString.Invariant($"{min} to {max}"));

    /// <inheritdoc cref="Within(string, double, double, double)"/>
    public static void Within(string name, long value, long min, long max) =>
        Require(name, value, value >= min && value <= max, FormattableString.Invariant($"{min} to {max}"));

    /// <exception cref="ArgumentException">The value is not right; the message names the option, the value and what was expected.</exception>
    public static void Require(string name, IFormattable? value, bool isRight, string expected)
    {
        if (!isRight) throw new ArgumentException(FormattableString.Invariant($"{name} was {value}, expected {expected}"), name);
    }
}
