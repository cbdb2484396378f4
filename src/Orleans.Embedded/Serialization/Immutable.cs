namespace Orleans.Concurrency;

/// <summary>A value that its holder promises never to change, so that a grain call shares it.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public readonly struct Immutable<T>
{
    /// <summary>The value.</summary>
    public readonly T Value;

    /// <summary>Wraps a value.</summary>
    /// <param name="value">The value.</param>
    public Immutable(T value) => Value = value;
}
