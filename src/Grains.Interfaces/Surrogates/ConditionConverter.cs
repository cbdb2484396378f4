using Granary.Engine.Signals;

namespace Granary.Grains.Interfaces.Surrogates;

/// <summary>Carries conditions between hosts.</summary>
[RegisterConverter]
public sealed class ConditionConverter : IConverter<Condition, ConditionConverter.Surrogate>
{
    /// <inheritdoc/>
    public Condition ConvertFromSurrogate(in Surrogate surrogate) =>
        new(
            surrogate.Name, surrogate.Met, surrogate.Value, surrogate.Threshold);

    /// <inheritdoc/>
    public Surrogate ConvertToSurrogate(in Condition value) => new()
    {
        Name = value.Name,
        Met = value.Met,
        Value = value.Value,
        Threshold = value.Threshold,
    };

    /// <summary>The form on the wire.</summary>
    [GenerateSerializer, Alias("granary.Condition")]
    public struct Surrogate
    {
        /// <summary>Name of the value.</summary>
        [Id(0)]
        public string Name;

        /// <summary>Met of the value.</summary>
        [Id(1)]
        public bool? Met;

        /// <summary>Value of the value.</summary>
        [Id(2)]
        public double? Value;

        /// <summary>Threshold of the value.</summary>
        [Id(3)]
        public double? Threshold;
    }
}
