using Orleans.Runtime;

namespace Orleans;

/// <summary>Names the grain type of a class; without it the name is the class name in lower case without "grain" at its end.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class GrainTypeAttribute : Attribute
{
    private readonly GrainType _grainType;

    /// <summary>Creates the attribute.</summary>
    /// <param name="grainType">The name, unique in the silo.</param>
    public GrainTypeAttribute(string grainType) => _grainType = GrainType.Create(grainType);

    /// <summary>The grain type that the attribute names.</summary>
    /// <param name="services">Not used.</param>
    /// <param name="type">Not used.</param>
    public GrainType GetGrainType(IServiceProvider services, Type type) => _grainType;
}
