using Granary.Engine.Orders;
using Granary.Engine.Signals;

namespace Granary.Engine.Rules;

/// <summary>What a rule says about one bar.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="BarIndex">The bar.</param>
/// <param name="Side">What it would open; null for nothing.</param>
/// <param name="Strength">0.5 to 1.5 when it would open (formulas §3.5), else 0.</param>
/// <param name="Leave">Whether a position that it opened is to be left now.</param>
/// <param name="ExpectedProfit">What an entry may gain, a fraction of the price (formulas §4.5); null: profit is not held against its costs.</param>
/// <param name="Conditions">Everything that it looked at, as an operator reads it.</param>
public sealed record RuleDecision(
    string Rule, long BarIndex, OrderSide? Side, double Strength, bool Leave, double? ExpectedProfit, IReadOnlyList<Condition> Conditions);
