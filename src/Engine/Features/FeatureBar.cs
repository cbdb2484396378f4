using Granary.Engine.Bars;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Features;

/// <summary>A closed bar with its features; what a strategy sees. Crosses process boundaries in the form that <see cref="Write"/> gives it.</summary>
/// <param name="Bar">The bar.</param>
/// <param name="Features">Its features.</param>
public sealed record FeatureBar(Bar Bar, BarFeatures Features)
{
    /// <summary>Writes bar and features; reading gives an equal one.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(FeatureBar), 1);
        Bar.Write(writer);
        Features.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or not of a feature bar.</exception>
    public static FeatureBar Read(ref SnapshotReader reader)
    {
        reader.Section(nameof(FeatureBar), 1);
        return new FeatureBar(Bar.Read(ref reader), BarFeatures.Read(ref reader));
    }
}
