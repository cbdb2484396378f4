namespace Orleans.Concurrency;

/// <summary>Wrapping of values that are shared, not copied.</summary>
public static class ImmutableExtensions
{
    /// <summary>Wraps a value that is not changed any more.</summary>
    /// <typeparam name="T">Type of the value.</typeparam>
    /// <param name="value">The value.</param>
    public static Immutable<T> AsImmutable<T>(this T value) => new(value);
}
