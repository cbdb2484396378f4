using System.Globalization;
using Granary.Engine.Features;
using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Engine.Signals;

namespace Granary.Engine.Decisions;

/// <summary>
/// What a bar's combined decision would like to open, before it is put to an account's gate. The one way from a decision to an order's proposal: the live
/// engine and the backtest both take it.
/// </summary>
/// <param name="Strategy">Name of the strongest contribution (<see cref="SignalNames"/>, or a rule); the order is in its name.</param>
/// <param name="Side">Buy for long, sell for short.</param>
/// <param name="Strength">Its strength, 0.5 to 1.5 (formulas §3.5); for the record, the sizes are those of <paramref name="Signals"/>.</param>
/// <param name="RegimeFactor">What the regime multiplies the size with (formulas §4.1), 0 or more; 1 where no regime is asked.</param>
/// <param name="Signals">All contributions: their sizes add up to the caps (formulas §3.4), each by its own strategy's Kelly factor.</param>
/// <param name="ExpectedProfit">Expected profit as a fraction of the price (see <see cref="Profit"/>); null where its feature has no value.</param>
/// <param name="Atr">ATR of the bar, quote units per base unit; null without one.</param>
/// <param name="Price">Close of the bar, quote units.</param>
/// <param name="TimeMs">Its close, milliseconds since the Unix epoch, UTC.</param>
/// <param name="BarIndex">Its index.</param>
public sealed record EntryIntent(
    string Strategy, OrderSide Side, double Strength, double RegimeFactor, IReadOnlyList<ProposalSignal> Signals, double? ExpectedProfit, double? Atr,
    decimal Price, long TimeMs, long BarIndex)
{
    /// <summary>What a combined decision asks to open; null when nothing, or when the bar is incomplete.</summary>
    /// <param name="regime">Signal C, whose factor sizes are multiplied with; null where it is not asked: then by 1.</param>
    /// <param name="combined">The decision about the bar.</param>
    /// <param name="bar">The bar.</param>
    /// <param name="options">How signals become entries.</param>
    public static EntryIntent? Of(RegimeDecision? regime, CombinedDecision combined, FeatureBar bar, DecisionOptions options)
    {
        ArgumentNullException.ThrowIfNull(combined);
        ArgumentNullException.ThrowIfNull(bar);
        ArgumentNullException.ThrowIfNull(options);
        if (!bar.Bar.IsComplete || combined.Action is not (SignalAction.Long or SignalAction.Short)) return null;
        var contributions = combined.Contributions;
        var signals = new ProposalSignal[contributions.Count];
        var strongest = contributions[0];
        for (var i = 0; i < signals.Length; i++)
        {
            var own = contributions[i];
            signals[i] = new ProposalSignal(SignalNames.Of(own), own.Strength, own.SizeFactor);
            if (own.Strength * own.SizeFactor > strongest.Strength * strongest.SizeFactor) strongest = own;
        }
        return new EntryIntent(
            SignalNames.Of(strongest), combined.Action == SignalAction.Long ? OrderSide.Buy : OrderSide.Sell, strongest.Strength,
            regime is null ? 1 : (double)options.RegimeFactors.Of(regime.Regime), signals, Profit(strongest, bar, options), bar.Features.Atr,
            bar.Bar.Close, bar.Bar.CloseTimeMs, bar.Bar.Index);
    }

    /// <summary>
    /// What an entry may gain, a fraction of the price (formulas §4.5): for momentum an ATR, the distance from which the stop trails; for mean reversion the way
    /// back to the exit's distance from the VWAP, |vwap_deviation| - deviation_exit, below 0 where the price is nearer than that already: such an entry would be
    /// left at once; for a rule what it says itself. Null where the feature has no value: then profit is not judged.
    /// </summary>
    public static double? Profit(in SignalContribution contribution, FeatureBar bar, DecisionOptions options)
    {
        ArgumentNullException.ThrowIfNull(bar);
        ArgumentNullException.ThrowIfNull(options);
        return contribution.Signal switch
        {
            SignalKind.Momentum => bar.Features.Atr / (double)bar.Bar.Close,
            SignalKind.Reversion => bar.Features.VwapDeviation is { } deviation ? Math.Abs(deviation) - options.Signals.Reversion.DeviationExit : null,
            _ => contribution.ExpectedProfit,
        };
    }

    /// <summary>The proposal to one account's gate. The same bar of the same symbol gives the same intent id, wherever it is decided.</summary>
    /// <param name="account">Account name.</param>
    /// <param name="symbol">Upper-case symbol.</param>
    /// <param name="leverageMax">Largest leverage of the position by the market's volatility, a multiple of equity.</param>
    /// <param name="isExitMaker">Whether the exit is expected to rest and pay the maker fee.</param>
    /// <param name="why">For the operator and the statistics.</param>
    public Proposal ToProposal(string account, string symbol, decimal leverageMax, bool isExitMaker, string why) => new(
        account, symbol, Strategy, string.Create(CultureInfo.InvariantCulture, $"{Strategy}/{symbol}/{BarIndex}/entry"), ProposalKind.Entry, Side, Strength, Atr,
        Price, TimeMs, BarIndex, null, why)
    {
        RegimeFactor = RegimeFactor,
        Signals = Signals,
        LeverageCap = leverageMax,
        ExpectedProfit = ExpectedProfit,
        IsExitMaker = isExitMaker,
    };
}
