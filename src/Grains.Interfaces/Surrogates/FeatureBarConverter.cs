using Granary.Engine.Features;
using Granary.Engine.Snapshots;

namespace Granary.Grains.Interfaces.Surrogates;

/// <summary>Carries bars with their features between hosts, in the kernel's own exact form.</summary>
[RegisterConverter]
public sealed class FeatureBarConverter : IConverter<FeatureBar, FeatureBarConverter.Surrogate>
{
    /// <inheritdoc/>
    public FeatureBar ConvertFromSurrogate(in Surrogate surrogate)
    {
        var reader = new SnapshotReader(surrogate.Bytes);
        return FeatureBar.Read(ref reader);
    }

    /// <inheritdoc/>
    public Surrogate ConvertToSurrogate(in FeatureBar value)
    {
        var writer = new SnapshotWriter();
        value.Write(writer);
        return new Surrogate { Bytes = writer.ToArray() };
    }

    /// <summary>The form on the wire.</summary>
    [GenerateSerializer, Alias("granary.FeatureBar")]
    public struct Surrogate
    {
        /// <summary>Kernel snapshot of the bar.</summary>
        [Id(0)]
        public byte[] Bytes;
    }
}
