using Orleans.Embedded.Activations;
using Orleans.Runtime;

namespace Orleans.Embedded.CodeGeneration;

/// <summary>What a reference refers to; generated code passes it on.</summary>
public readonly struct GrainProxyArguments
{
    internal GrainProxyArguments(ReferenceShared shared, IdSpan key, Activation? target)
    {
        Shared = shared;
        Key = key;
        Target = target;
    }

    internal ReferenceShared Shared { get; }

    internal IdSpan Key { get; }

    internal Activation? Target { get; }
}
