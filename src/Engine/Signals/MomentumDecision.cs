using Granary.Engine.Orders;

namespace Granary.Engine.Signals;

/// <summary>What order flow momentum says about one bar (formulas §3.1).</summary>
/// <param name="BarIndex">The bar.</param>
/// <param name="Valid">Whether all inputs had a value.</param>
/// <param name="Side">The side when the signal fires, else null.</param>
/// <param name="Strength">0.5 to 1.5 when the signal fires (formulas §3.5), else 0.</param>
/// <param name="TrendLong">Whether both necessary conditions for long hold; false while not valid.</param>
/// <param name="TrendShort">Whether both necessary conditions for short hold; false while not valid.</param>
/// <param name="Conditions">Every condition with its value, those of both sides: order and names are <see cref="MomentumConditions"/>.</param>
public sealed record MomentumDecision(
    long BarIndex, bool Valid, OrderSide? Side, double Strength, bool TrendLong, bool TrendShort, IReadOnlyList<Condition> Conditions)
{
    /// <summary>What is known of a bar about which this signal was not asked, or did not answer: nothing.</summary>
    public static MomentumDecision None(long barIndex) => new(barIndex, false, null, 0, false, false, []);

    /// <summary>The condition of a name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public Condition this[string name] => Conditions.Named(name);
}
