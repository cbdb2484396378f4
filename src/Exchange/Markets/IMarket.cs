namespace Granary.Exchange.Markets;

/// <summary>The inside of a market, driven by the exchange within its gate.</summary>
public interface IMarket
{
    /// <summary>synthetic, replay or capture.</summary>
    string Kind { get; }

    /// <summary>Whether the last recorded event has happened; always false for a synthetic market.</summary>
    bool IsFinished { get; }

    /// <summary>Why recorded symbols stopped early (file, line, field), or null.</summary>
    string? Error { get; }

    /// <summary>Takes up the restored state and sets the venue of every listed symbol. Called once, before anything else.</summary>
    void Open(IMarketHost host);

    /// <summary>Lets a recorded market begin.</summary>
    void Start();

    /// <summary>Market time of the next event, or null.</summary>
    long? NextTimeMs();

    /// <summary>Lets the next event happen.</summary>
    void Step();
}
