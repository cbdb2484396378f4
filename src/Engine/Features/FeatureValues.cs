using System.Runtime.CompilerServices;

namespace Granary.Engine.Features;

/// <summary>One double for each <see cref="FeatureColumn"/>, NaN for "no value".</summary>
[InlineArray(Count)]
internal struct FeatureValues
{
    public const int Count = (int)FeatureColumn.Vpin + 1;

    private double _first;

    public double this[FeatureColumn column]
    {
        readonly get => this[(int)column];
        set => this[(int)column] = value;
    }
}
