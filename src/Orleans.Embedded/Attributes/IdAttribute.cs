namespace Orleans;

/// <summary>The id of a serialized member; a member without one is not carried by a grain call.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class IdAttribute : Attribute
{
    /// <summary>Creates the attribute.</summary>
    /// <param name="id">The id, unique among the members that the type itself declares; never reused.</param>
    public IdAttribute(uint id) => Id = id;

    /// <summary>The id.</summary>
    public uint Id { get; }
}
