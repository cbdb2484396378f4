namespace Granary.Engine.Sizing;

/// <summary>
/// Size of an entry from the ATR (formulas §4.1): risk = equity * 1 %; base = risk / (atr * 1.5); raw = base * regime * strength * kelly * multiplier;
/// quantity = min(raw, 5 % of equity / price, max(10 % of equity - same direction, 0) / price), rounded down to the step, 0 below the minimum notional.
/// </summary>
public static class AtrSizer
{
    /// <summary>
    /// 10^-12 quote units: a stop distance below this is no distance. It is four orders below the finest tick any venue quotes and keeps the division
    /// inside the range of <see cref="decimal"/> for equities up to 10^15.
    /// </summary>
    public const decimal StopDistanceMin = 0.000_000_000_001m;

    /// <summary>Computes the size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step, the stop multiple or the stop share is not above 0.</exception>
    public static SizingResult Size(in SizingInput input) => Size(in input, input.Strength * input.KellyFactor * input.SizeFactor);

    /// <summary>
    /// Computes the size of a position that several signals ask for: their sizes are added up to the caps (formulas §3.4). Strength, Kelly factor and size
    /// factor are those of the signals; the input's own are not used.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The step, the stop multiple or the stop share is not above 0.</exception>
    public static SizingResult Size(in SizingInput input, ReadOnlySpan<SignalSize> signals)
    {
        var factor = 0m;
        foreach (var signal in signals) factor += Math.Max(signal.Strength * signal.KellyFactor * signal.SizeFactor, 0);
        return Size(in input, factor);
    }

    private static SizingResult Size(in SizingInput input, decimal signalFactor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(input.Step);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(input.StopAtrMultiple);
        if (input.Equity <= 0) return Refused(SizingRefusal.NoEquity);
        if (input.Price <= 0) return Refused(SizingRefusal.NoPrice);
        if (input.StopPriceShare is { } share) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share, nameof(input.StopPriceShare));
        var distance = input.StopPriceShare is { } ofPrice ? input.Price * ofPrice : input.Atr * input.StopAtrMultiple;
        if (distance < StopDistanceMin) return Refused(SizingRefusal.NoAtr);

        var risk = input.Equity * input.RiskPerTrade;
        var baseSize = risk / distance;
        var raw = baseSize * input.RegimeFactor * signalFactor * input.SizeMultiplier;
        var capPosition = Math.Max((input.PositionEquityShareMax * input.Equity) - input.PositionNotional, 0) / input.Price;
        var capDirection = Math.Max((input.DirectionEquityShareMax * input.Equity) - input.SameDirectionNotional, 0) / input.Price;
        var binding = capDirection < raw && capDirection < capPosition ? SizingCap.Direction : capPosition < raw ? SizingCap.Position : SizingCap.Raw;
        var capped = binding switch { SizingCap.Direction => capDirection, SizingCap.Position => capPosition, _ => raw };

        var quantity = LotRounding.FloorToStep(capped, input.Step);
        var refusal = Refusal(raw, capPosition, capDirection, quantity, in input);
        return new SizingResult(risk, baseSize, raw, capPosition, capDirection, capped, refusal == SizingRefusal.None ? quantity : 0, binding, refusal);
    }

    private static SizingRefusal Refusal(decimal raw, decimal capPosition, decimal capDirection, decimal quantity, in SizingInput input) =>
        raw <= 0 ? SizingRefusal.FactorZero
        : capPosition == 0 ? SizingRefusal.PositionFull
        : capDirection == 0 ? SizingRefusal.DirectionFull
        : quantity <= 0 ? SizingRefusal.BelowStep
        : quantity * input.Price < input.NotionalMin ? SizingRefusal.BelowNotionalMin
        : SizingRefusal.None;

    private static SizingResult Refused(SizingRefusal refusal) => new(0, 0, 0, 0, 0, 0, 0, SizingCap.Raw, refusal);
}
