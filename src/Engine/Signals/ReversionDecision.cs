using Granary.Engine.Orders;

namespace Granary.Engine.Signals;

/// <summary>What VWAP mean reversion says about one bar (formulas §3.2).</summary>
/// <param name="BarIndex">The bar.</param>
/// <param name="Valid">Whether all inputs had a value.</param>
/// <param name="Side">The side when the signal fires, else null.</param>
/// <param name="Strength">0.5 to 1.5 when the signal fires (formulas §3.5), else 0.</param>
/// <param name="Exit">Whether an open position of this signal is to be left; null while the VWAP deviation has no value.</param>
/// <param name="DeviationQuantile">Quantile of the absolute VWAP deviations before the bar, a fraction; null until the window is full.</param>
/// <param name="DeviationEntry">The entry threshold made of it for the regime, a fraction; null when the quantile is.</param>
/// <param name="EmaOfi">Exponential average of the order flow imbalance, -1 to 1; a signal may use it only once it is warm.</param>
/// <param name="Decline">Which of the two decline conditions of a side counts.</param>
/// <param name="Conditions">Every condition with its value, those of both sides: order and names are <see cref="ReversionConditions"/>.</param>
public sealed record ReversionDecision(
    long BarIndex, bool Valid, OrderSide? Side, double Strength, bool? Exit, double? DeviationQuantile, double? DeviationEntry, double EmaOfi,
    VolumeDecline Decline, IReadOnlyList<Condition> Conditions)
{
    /// <summary>What is known of a bar about which this signal was not asked, or did not answer: nothing.</summary>
    public static ReversionDecision None(long barIndex) => new(barIndex, false, null, 0, null, null, null, 0, VolumeDecline.Strict, []);

    /// <summary>The condition of a name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public Condition this[string name] => Conditions.Named(name);

    /// <summary>Whether all conditions of a side hold under a reading of the decline, whichever is configured; false while not valid.</summary>
    public bool Fires(OrderSide side, VolumeDecline decline)
    {
        var (deviation, falls, slope, noTrend) = side == OrderSide.Buy
            ? (ReversionConditions.DeviationLong, ReversionConditions.SellVolumeFalls, ReversionConditions.SellVolumeSlope, ReversionConditions.NoTrendShort)
            : (ReversionConditions.DeviationShort, ReversionConditions.BuyVolumeFalls, ReversionConditions.BuyVolumeSlope, ReversionConditions.NoTrendLong);
        return Valid && this[deviation].Met == true && this[ReversionConditions.OfiNeutral].Met == true
            && this[ReversionConditions.VolatilityFalls].Met == true && this[decline == VolumeDecline.Strict ? falls : slope].Met == true
            && this[noTrend].Met == true;
    }
}
