namespace Granary.Exchange.Protocol;

/// <summary>A candle of mark or index prices.</summary>
internal sealed class PriceCandle(long openMs, decimal price)
{
    public long OpenMs { get; } = openMs;

    public decimal Open { get; } = price;

    public decimal High { get; private set; } = price;

    public decimal Low { get; private set; } = price;

    public decimal Close { get; private set; } = price;

    /// <summary>Prices seen.</summary>
    public long Count { get; private set; } = 1;

    public void Add(decimal high, decimal low, decimal close, long count = 1)
    {
        High = Math.Max(High, high);
        Low = Math.Min(Low, low);
        Close = close;
        Count += count;
    }
}
