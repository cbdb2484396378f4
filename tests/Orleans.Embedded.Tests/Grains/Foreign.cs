using System.Collections.Immutable;
using Orleans;

namespace Granary.Orleans.Embedded.Tests.Grains;

/// <summary>As if it came from a library: no attribute, no setter.</summary>
public sealed class Foreign(int[] values)
{
    public int[] Values { get; } = values;
}
