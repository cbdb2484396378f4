namespace Granary.Engine.Factors;

/// <summary>The reward of one step of a reinforcement-learning environment (formulas §6.8).</summary>
public static class StepReward
{
    /// <summary>
    /// Change of the net value by price, minus the funding that a long position pays (a short one receives it; a negative rate turns that around).
    /// </summary>
    /// <param name="valueBefore">Net value at the start of the step, quote units; the position's notional is <paramref name="action"/> times it.</param>
    /// <param name="valueAfter">Net value at the end of the step, without funding, quote units.</param>
    /// <param name="action">The position held during the step, from -1 (wholly short) to 1 (wholly long).</param>
    /// <param name="fundingRate">The rate settled in the step, a fraction of the notional; 0 in a step without settlement.</param>
    /// <returns>The reward, quote units.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The action is outside -1 to 1, or a number is not finite.</exception>
    public static double Of(double valueBefore, double valueAfter, double action, double fundingRate)
    {
        if (!(action is >= -1 and <= 1)) throw new ArgumentOutOfRangeException(nameof(action), action, "expected -1 to 1");
        Indicators.Require.Finite(valueBefore);
        Indicators.Require.Finite(valueAfter);
        Indicators.Require.Finite(fundingRate);
        return valueAfter - valueBefore - (action * valueBefore * fundingRate);
    }
}
