using Granary.Engine.Orders;
using Granary.Engine.Signals;

namespace Granary.Grains.Interfaces.Surrogates;

/// <summary>Carries momentum's decisions between hosts.</summary>
[RegisterConverter]
public sealed class MomentumDecisionConverter : IConverter<MomentumDecision, MomentumDecisionConverter.Surrogate>
{
    /// <inheritdoc/>
    public MomentumDecision ConvertFromSurrogate(in Surrogate surrogate) =>
        new(
            surrogate.BarIndex, surrogate.Valid, surrogate.Side, surrogate.Strength, surrogate.TrendLong, surrogate.TrendShort, surrogate.Conditions);

    /// <inheritdoc/>
    public Surrogate ConvertToSurrogate(in MomentumDecision value) => new()
    {
        BarIndex = value.BarIndex,
        Valid = value.Valid,
        Side = value.Side,
        Strength = value.Strength,
        TrendLong = value.TrendLong,
        TrendShort = value.TrendShort,
        Conditions = [.. value.Conditions],
    };

    /// <summary>The form on the wire.</summary>
    [GenerateSerializer, Alias("granary.MomentumDecision")]
    public struct Surrogate
    {
        /// <summary>BarIndex of the value.</summary>
        [Id(0)]
        public long BarIndex;

        /// <summary>Valid of the value.</summary>
        [Id(1)]
        public bool Valid;

        /// <summary>Side of the value.</summary>
        [Id(2)]
        public OrderSide? Side;

        /// <summary>Strength of the value.</summary>
        [Id(3)]
        public double Strength;

        /// <summary>TrendLong of the value.</summary>
        [Id(4)]
        public bool TrendLong;

        /// <summary>TrendShort of the value.</summary>
        [Id(5)]
        public bool TrendShort;

        /// <summary>Conditions of the value.</summary>
        [Id(6)]
        public Condition[] Conditions;
    }
}
