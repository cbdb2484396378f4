using Orleans.Embedded.Activations;
using Orleans.Runtime;

namespace Orleans.Embedded.CodeGeneration;

/// <summary>What all references by one interface to grains of one class share.</summary>
internal sealed class ReferenceShared(EmbeddedSilo silo, GrainClass grainClass, Type interfaceType, Func<GrainProxyArguments, GrainProxy> create)
{
    public EmbeddedSilo Silo { get; } = silo;

    public GrainClass Class { get; } = grainClass;

    public GrainType GrainType { get; } = grainClass.GrainType;

    public Type InterfaceType { get; } = interfaceType;

    public GrainProxy Create(IdSpan key, Activation? target) => create(new GrainProxyArguments(this, key, target));
}
