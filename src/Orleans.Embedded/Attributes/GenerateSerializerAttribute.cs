namespace Orleans;

/// <summary>Marks a type that may be an argument or a result of a grain call: a copier is generated for it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute
{
    /// <summary>Which members get ids without an <see cref="IdAttribute"/>; default none.</summary>
    public GenerateFieldIds GenerateFieldIds { get; init; }

    /// <summary>Whether primary constructor parameters of a class or struct are serialized; a record's always are. Default false.</summary>
    public bool IncludePrimaryConstructorParameters { get; init; }
}
