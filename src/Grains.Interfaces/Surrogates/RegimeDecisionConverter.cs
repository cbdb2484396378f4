using Granary.Engine.Signals;

namespace Granary.Grains.Interfaces.Surrogates;

/// <summary>Carries the regime's decisions between hosts.</summary>
[RegisterConverter]
public sealed class RegimeDecisionConverter : IConverter<RegimeDecision, RegimeDecisionConverter.Surrogate>
{
    /// <inheritdoc/>
    public RegimeDecision ConvertFromSurrogate(in Surrogate surrogate) =>
        new(
            surrogate.BarIndex, surrogate.Regime, surrogate.VolatilityShort, surrogate.VolatilityLong, surrogate.VolatilityRatio,
            surrogate.VolatilityRatioIntraBar, surrogate.DurationMean, surrogate.DurationRatio, surrogate.ImpactZ, surrogate.Conditions);

    /// <inheritdoc/>
    public Surrogate ConvertToSurrogate(in RegimeDecision value) => new()
    {
        BarIndex = value.BarIndex,
        Regime = value.Regime,
        VolatilityShort = value.VolatilityShort,
        VolatilityLong = value.VolatilityLong,
        VolatilityRatio = value.VolatilityRatio,
        VolatilityRatioIntraBar = value.VolatilityRatioIntraBar,
        DurationMean = value.DurationMean,
        DurationRatio = value.DurationRatio,
        ImpactZ = value.ImpactZ,
        Conditions = [.. value.Conditions],
    };

    /// <summary>The form on the wire.</summary>
    [GenerateSerializer, Alias("granary.RegimeDecision")]
    public struct Surrogate
    {
        /// <summary>BarIndex of the value.</summary>
        [Id(0)]
        public long BarIndex;

        /// <summary>Regime of the value.</summary>
        [Id(1)]
        public MarketRegime Regime;

        /// <summary>VolatilityShort of the value.</summary>
        [Id(2)]
        public double? VolatilityShort;

        /// <summary>VolatilityLong of the value.</summary>
        [Id(3)]
        public double? VolatilityLong;

        /// <summary>VolatilityRatio of the value.</summary>
        [Id(4)]
        public double? VolatilityRatio;

        /// <summary>VolatilityRatioIntraBar of the value.</summary>
        [Id(5)]
        public double? VolatilityRatioIntraBar;

        /// <summary>DurationMean of the value.</summary>
        [Id(6)]
        public double? DurationMean;

        /// <summary>DurationRatio of the value.</summary>
        [Id(7)]
        public double? DurationRatio;

        /// <summary>ImpactZ of the value.</summary>
        [Id(8)]
        public double? ImpactZ;

        /// <summary>Conditions of the value.</summary>
        [Id(9)]
        public Condition[] Conditions;
    }
}
