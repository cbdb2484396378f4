namespace Granary.Engine.Grid;

/// <summary>How the grid refuses a value. Allocation-free where it is right.</summary>
internal static class GridCheck
{
    /// <exception cref="ArgumentException">The value is outside the range; the message names it, the value and the range.</exception>
    public static void Within<T>(string name, T value, T min, T max)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0) Require(name, value, isRight: false, FormattableString.Invariant($"{min} to {max}"));
    }

    /// <exception cref="ArgumentException">The value is not right; the message names it, the value and what was expected.</exception>
    public static void Require<T>(string name, T value, bool isRight, string expected)
    {
        if (!isRight) throw new ArgumentException(FormattableString.Invariant($"{name} was {value}, expected {expected}"), name);
    }
}
