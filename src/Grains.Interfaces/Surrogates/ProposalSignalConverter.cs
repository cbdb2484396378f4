using Granary.Engine.Risk;

namespace Granary.Grains.Interfaces.Surrogates;

/// <summary>Carries the signals of proposals between hosts.</summary>
[RegisterConverter]
public sealed class ProposalSignalConverter : IConverter<ProposalSignal, ProposalSignalConverter.Surrogate>
{
    /// <inheritdoc/>
    public ProposalSignal ConvertFromSurrogate(in Surrogate surrogate) => new(surrogate.Strategy, surrogate.Strength, surrogate.SizeFactor);

    /// <inheritdoc/>
    public Surrogate ConvertToSurrogate(in ProposalSignal value) => new()
    {
        Strategy = value.Strategy,
        Strength = value.Strength,
        SizeFactor = value.SizeFactor,
    };

    /// <summary>The form on the wire.</summary>
    [GenerateSerializer, Alias("granary.ProposalSignal")]
    public struct Surrogate
    {
        /// <summary>Strategy of the value.</summary>
        [Id(0)]
        public string Strategy;

        /// <summary>Strength of the value.</summary>
        [Id(1)]
        public double Strength;

        /// <summary>SizeFactor of the value.</summary>
        [Id(2)]
        public double SizeFactor;
    }
}
