namespace Granary.Exchange;

/// <summary>
/// How long market data and orders are under way in market time. A request is taken to be sent when the newest market event that the market's driver has let
/// happen reached the caller: event time + feed. It acts at that time + entry, after all that happened until then, and its answer comes at that + response:
/// the market goes on while the caller waits.
/// </summary>
public sealed record LatencyOptions
{
    /// <summary>Median time of a market event from the exchange to the caller. Milliseconds, 0 to 60,000. Default 0.</summary>
    public double FeedMs { get; init; }

    /// <summary>Median time of a request from the caller to the exchange. Milliseconds, 0 to 60,000. Default 0.</summary>
    public double EntryMs { get; init; }

    /// <summary>Median time of an answer from the exchange to the caller. Milliseconds, 0 to 60,000. Default 0.</summary>
    public double ResponseMs { get; init; }

    /// <summary>Standard deviation of the times' logarithms, drawn from the exchange's seed; 0 (default) for constant times; 0 to 3.</summary>
    public double Spread { get; init; }

    /// <summary>
    /// File of recorded times, taken in turn and from the beginning again: a line for each request, "feed,entry,response" in milliseconds; the first line may
    /// be a header. It takes the place of medians and spread. Default none.
    /// </summary>
    public string? Path { get; init; }

    /// <exception cref="ArgumentException">Names the option, its value and the allowed range.</exception>
    internal void Validate()
    {
        Range("Latency.FeedMs", FeedMs, 60_000);
        Range("Latency.EntryMs", EntryMs, 60_000);
        Range("Latency.ResponseMs", ResponseMs, 60_000);
        Range("Latency.Spread", Spread, 3);
    }

    private static void Range(string name, double value, double max)
    {
        if (!(value >= 0 && value <= max)) throw new ArgumentException($"{name} was {value}; allowed is 0 to {max}");
    }
}
