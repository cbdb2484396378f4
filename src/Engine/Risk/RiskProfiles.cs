using Granary.Engine.Protection;

namespace Granary.Engine.Risk;

/// <summary>The sets of risk numbers that go together.</summary>
public static class RiskProfiles
{
    /// <summary>The default (formulas §4): stop 1.5 ATR, at most 5 % of equity in a position and 10 % in a direction.</summary>
    public static RiskProfile Atr { get; } = new("atr", new RiskLimits(), GuardProfiles.Atr);

    /// <summary>
    /// The other profile (formulas §11.1): stop 2 % of the price, 1 % of equity at risk in a trade, 3 % in a day, at most 30 % of equity in a position,
    /// leverage 1 to 10. It names no cap on a direction; this keeps the default's proportion of two full positions.
    /// </summary>
    public static RiskProfile PriceShare { get; } = new(
        "price-share",
        new RiskLimits { PositionEquityShareMax = 0.30m, DirectionEquityShareMax = 0.60m, SymbolLeverageMax = 10 },
        GuardProfiles.PriceShare);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RiskProfile> All { get; } = [Atr, PriceShare];
}
