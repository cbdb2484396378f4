using Granary.Engine.Market;
using Granary.Engine.Orders;

namespace Granary.Engine.Execution.Slicing;

/// <summary>Whether an order is worked in slices, and over how long: above a share of the recent volume, as long as the market needs to trade enough.</summary>
public static class SlicingPolicy
{
    /// <summary>Whether a quantity is large against what the market traded lately. A market without recent volume makes every quantity large.</summary>
    /// <param name="options">Right ones.</param>
    /// <param name="quantity">Base units, above 0.</param>
    /// <param name="recentVolume">Base units traded in the last <see cref="SlicingOptions.RecentMs"/>, 0 or more; null when it is not known: nothing is
    /// large then.</param>
    public static bool IsLarge(SlicingOptions options, decimal quantity, decimal? recentVolume) =>
        options.IsEnabled && recentVolume is { } volume && quantity > options.VolumeShareMax * volume;

    /// <summary>The horizon that a quantity needs at the planned share of the recent pace, milliseconds; the longest one when nothing traded.</summary>
    /// <param name="options">Right ones.</param>
    /// <param name="quantity">Base units, above 0.</param>
    /// <param name="recentVolume">Base units traded in the last <see cref="SlicingOptions.RecentMs"/>, 0 or more.</param>
    public static long HorizonMs(SlicingOptions options, decimal quantity, decimal recentVolume)
    {
        var pace = (double)(options.ParticipationMax * options.PlannedShare * recentVolume);
        // An infinite or huge quotient is the longest horizon.
        var needed = Math.Ceiling((double)quantity / pace * options.RecentMs);
        return needed < options.HorizonMsMax ? Math.Max((long)needed, options.HorizonMsMin) : options.HorizonMsMax;
    }

    /// <summary>The order to work in slices, or null when the quantity is to be sent whole: it is not large, or not worth two of the venue's smallest
    /// orders.</summary>
    /// <param name="options">How to slice.</param>
    /// <param name="rules">What the venue demands in the symbol.</param>
    /// <param name="side">Buy or sell.</param>
    /// <param name="quantity">Base units, above 0, a multiple of the venue's step.</param>
    /// <param name="price">Quote units, above 0.</param>
    /// <param name="recentVolume">Base units traded in the last <see cref="SlicingOptions.RecentMs"/>, 0 or more; null when it is not known.</param>
    /// <param name="nowMs">Start of the horizon, milliseconds since the Unix epoch, UTC.</param>
    /// <param name="isTaker">Whether the slices are market orders, which have their own largest quantity.</param>
    /// <param name="isReduceOnly">Whether the order only reduces: there is no smallest notional then.</param>
    /// <param name="seed">For the draws; null for none.</param>
    /// <exception cref="ArgumentException">An option or the quantity is out of its range.</exception>
    public static SliceOrder? Plan(
        SlicingOptions options, SymbolRules rules, OrderSide side, decimal quantity, decimal price, decimal? recentVolume,
        long nowMs, bool isTaker, bool isReduceOnly,
        long? seed = null)
    {
        options.Validate();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(price);
        if (!IsLarge(options, quantity, recentVolume)) return null;
        var order = new SliceOrder
        {
            Kind = options.Kind,
            Side = side,
            Quantity = quantity,
            StepSize = rules.StepSize,
            StartMs = nowMs,
            HorizonMs = HorizonMs(options, quantity, recentVolume!.Value),
            IntervalMs = options.IntervalMs,
            QuantityMin = rules.QuantityMin,
            QuantityMax = isTaker ? rules.MarketQuantityMax : rules.QuantityMax,
            NotionalMin = isReduceOnly ? 0 : rules.NotionalMin,
            ParticipationMax = options.ParticipationMax,
            ParticipationWindowMs = options.RecentMs,
            PauseMs = options.PauseMs,
            VisibleQuantity = options.Kind == SliceKind.Iceberg ? Math.Max(rules.FloorQuantity(quantity * options.VisibleShare), rules.StepSize) : null,
            Seed = seed,
            Jitter = options.Jitter,
        };
        order.Validate();
        return order.IsEnough(quantity / 2, price) ? order : null;
    }
}
