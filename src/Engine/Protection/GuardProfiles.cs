namespace Granary.Engine.Protection;

/// <summary>The sets of protection parameters that go together. Sizes must be made with the stop of the same profile.</summary>
public static class GuardProfiles
{
    /// <summary>The default (formulas §4.3): hard stop 1.5 ATR, trailing stop 0.8 ATR from 1 ATR of profit on, widened to 1.2.</summary>
    public static GuardParameters Atr { get; } = new();

    /// <summary>
    /// The other profile (formulas §11.1): hard stop 2 % of the entry price, trailing stop 2 ATR from the first bar on and never widened, and the end of the
    /// holding time for every position. The exit on reversed order flow stays as it is.
    /// </summary>
    public static GuardParameters PriceShare { get; } = new()
    {
        StopPriceShare = 0.02m,
        TrailActivationAtrMultiple = 0,
        TrailAtrMultiple = 2,
        TrailWideAtrMultiple = 2,
        HoldingEndsTrailing = true,
    };
}
