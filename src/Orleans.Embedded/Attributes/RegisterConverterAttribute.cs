namespace Orleans;

/// <summary>Marks an <see cref="IConverter{TValue, TSurrogate}"/> by which values of a foreign type travel.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class RegisterConverterAttribute : Attribute;
