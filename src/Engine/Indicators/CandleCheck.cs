using Granary.Engine.Market;

namespace Granary.Engine.Indicators;

/// <summary>Refuses candles that contradict themselves, before any state has changed.</summary>
internal static class CandleCheck
{
    /// <summary>Throws when a price is not above 0, the prices contradict each other, a volume is negative or takers bought more than was traded.</summary>
    /// <exception cref="ArgumentException">The candle contradicts itself; the message names the field and the candle's open time.</exception>
    public static void Throw(in Kline candle)
    {
        if (candle.Low <= 0) throw Wrong(candle, nameof(Kline.Low), candle.Low, "a price above 0");
        if (candle.High < candle.Low) throw Wrong(candle, nameof(Kline.High), candle.High, "a price at or above Low");
        if (candle.Open < candle.Low || candle.Open > candle.High) throw Wrong(candle, nameof(Kline.Open), candle.Open, "a price from Low to High");
        if (candle.Close < candle.Low || candle.Close > candle.High) throw Wrong(candle, nameof(Kline.Close), candle.Close, "a price from Low to High");
        if (candle.Volume < 0) throw Wrong(candle, nameof(Kline.Volume), candle.Volume, "0 or more");
        if (candle.TakerBuyVolume < 0 || candle.TakerBuyVolume > candle.Volume)
            throw Wrong(candle, nameof(Kline.TakerBuyVolume), candle.TakerBuyVolume, "0 to Volume");
    }

    private static ArgumentException Wrong(in Kline candle, string field, decimal value, string expected) =>
        new(FormattableString.Invariant($"candle that opens at {candle.OpenTimeMs} has {field} {value}, expected {expected}"), nameof(candle));
}
