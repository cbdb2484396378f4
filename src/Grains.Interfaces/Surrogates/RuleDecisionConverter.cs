using Granary.Engine.Orders;
using Granary.Engine.Rules;
using Granary.Engine.Signals;

namespace Granary.Grains.Interfaces.Surrogates;

/// <summary>Carries the rules' decisions between hosts.</summary>
[RegisterConverter]
public sealed class RuleDecisionConverter : IConverter<RuleDecision, RuleDecisionConverter.Surrogate>
{
    /// <inheritdoc/>
    public RuleDecision ConvertFromSurrogate(in Surrogate surrogate) => new(
        surrogate.Rule, surrogate.BarIndex, surrogate.Side, surrogate.Strength, surrogate.Leave, surrogate.ExpectedProfit, surrogate.Conditions);

    /// <inheritdoc/>
    public Surrogate ConvertToSurrogate(in RuleDecision value) => new()
    {
        Rule = value.Rule,
        BarIndex = value.BarIndex,
        Side = value.Side,
        Strength = value.Strength,
        Leave = value.Leave,
        ExpectedProfit = value.ExpectedProfit,
        Conditions = [.. value.Conditions],
    };

    /// <summary>The form on the wire.</summary>
    [GenerateSerializer, Alias("granary.RuleDecision")]
    public struct Surrogate
    {
        /// <summary>Rule of the value.</summary>
        [Id(0)]
        public string Rule;

        /// <summary>BarIndex of the value.</summary>
        [Id(1)]
        public long BarIndex;

        /// <summary>Side of the value.</summary>
        [Id(2)]
        public OrderSide? Side;

        /// <summary>Strength of the value.</summary>
        [Id(3)]
        public double Strength;

        /// <summary>Leave of the value.</summary>
        [Id(4)]
        public bool Leave;

        /// <summary>ExpectedProfit of the value.</summary>
        [Id(5)]
        public double? ExpectedProfit;

        /// <summary>Conditions of the value.</summary>
        [Id(6)]
        public Condition[] Conditions;
    }
}
