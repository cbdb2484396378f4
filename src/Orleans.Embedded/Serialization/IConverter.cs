namespace Orleans;

/// <summary>Carries values of a type that cannot be annotated by way of one that is.</summary>
/// <typeparam name="TValue">The foreign type.</typeparam>
/// <typeparam name="TSurrogate">A struct with <see cref="GenerateSerializerAttribute"/>.</typeparam>
public interface IConverter<TValue, TSurrogate>
    where TSurrogate : struct
{
    /// <summary>Makes the value from its surrogate.</summary>
    /// <param name="surrogate">The surrogate.</param>
    TValue ConvertFromSurrogate(in TSurrogate surrogate);

    /// <summary>Makes the surrogate of a value.</summary>
    /// <param name="value">The value.</param>
    TSurrogate ConvertToSurrogate(in TValue value);
}
