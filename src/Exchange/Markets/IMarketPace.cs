namespace Granary.Exchange.Markets;

/// <summary>How fast a running market goes. Thread-safe.</summary>
public interface IMarketPace
{
    /// <summary>Market seconds per second of the clock; 0 is as fast as it goes. A change takes effect with the market's next event.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not within 0 to 1,000,000.</exception>
    double Speed { get; set; }
}
