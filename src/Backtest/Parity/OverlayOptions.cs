namespace Granary.Backtest.Parity;

/// <summary>How far the fill model lets a live run and its backtest be apart.</summary>
public sealed record OverlayOptions
{
    /// <summary>Longest time by which fills, and exits that follow from fills, may be apart, milliseconds of the market; 0 or more, default 5,000.</summary>
    public long TimeMsMax { get; init; } = 5_000;

    /// <summary>
    /// Largest distance of two fill prices, or of a fill price from what <see cref="Market"/> showed meanwhile, a share of the price: spread and slippage; 0 to 1,
    /// default 0.001.
    /// </summary>
    public decimal PriceShareMax { get; init; } = 0.001m;

    /// <summary>
    /// Lowest and highest price of a symbol between two moments, both inclusive, milliseconds since the Unix epoch, UTC; null where nothing traded. Without it
    /// (default) fill prices are held against each other alone.
    /// </summary>
    public Func<string, long, long, (decimal Low, decimal High)?>? Market { get; init; }

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public void Validate()
    {
        if (TimeMsMax < 0) throw new ArgumentException($"{nameof(TimeMsMax)} was {TimeMsMax}, expected 0 or more", nameof(TimeMsMax));
        if (PriceShareMax is < 0 or > 1)
            throw new ArgumentException(FormattableString.Invariant($"{nameof(PriceShareMax)} was {PriceShareMax}, expected 0 to 1"), nameof(PriceShareMax));
    }
}
