using Granary.Engine.Orders;
using Granary.Engine.Signals;

namespace Granary.Grains.Interfaces.Surrogates;

/// <summary>Carries mean reversion's decisions between hosts.</summary>
[RegisterConverter]
public sealed class ReversionDecisionConverter : IConverter<ReversionDecision, ReversionDecisionConverter.Surrogate>
{
    /// <inheritdoc/>
    public ReversionDecision ConvertFromSurrogate(in Surrogate surrogate) =>
        new(
            surrogate.BarIndex, surrogate.Valid, surrogate.Side, surrogate.Strength, surrogate.Exit, surrogate.DeviationQuantile,
            surrogate.DeviationEntry, surrogate.EmaOfi, surrogate.Decline, surrogate.Conditions);

    /// <inheritdoc/>
    public Surrogate ConvertToSurrogate(in ReversionDecision value) => new()
    {
        BarIndex = value.BarIndex,
        Valid = value.Valid,
        Side = value.Side,
        Strength = value.Strength,
        Exit = value.Exit,
        DeviationQuantile = value.DeviationQuantile,
        DeviationEntry = value.DeviationEntry,
        EmaOfi = value.EmaOfi,
        Decline = value.Decline,
        Conditions = [.. value.Conditions],
    };

    /// <summary>The form on the wire.</summary>
    [GenerateSerializer, Alias("granary.ReversionDecision")]
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

        /// <summary>Exit of the value.</summary>
        [Id(4)]
        public bool? Exit;

        /// <summary>DeviationQuantile of the value.</summary>
        [Id(5)]
        public double? DeviationQuantile;

        /// <summary>DeviationEntry of the value.</summary>
        [Id(6)]
        public double? DeviationEntry;

        /// <summary>EmaOfi of the value.</summary>
        [Id(7)]
        public double EmaOfi;

        /// <summary>Decline of the value.</summary>
        [Id(8)]
        public VolumeDecline Decline;

        /// <summary>Conditions of the value.</summary>
        [Id(9)]
        public Condition[] Conditions;
    }
}
