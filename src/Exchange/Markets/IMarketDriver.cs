using Granary.Exchange.Contracts;

namespace Granary.Exchange.Markets;

/// <summary>A market that advances one event at a time, at whatever pace its caller chooses.</summary>
public interface IMarketDriver
{
    /// <summary>synthetic, replay or capture.</summary>
    string Kind { get; }

    /// <summary>How far it has come.</summary>
    MarketProgress Progress { get; }

    /// <summary>Lets a recorded market begin; without effect on one that runs.</summary>
    void Start();

    /// <summary>Market time of the next event, milliseconds since the Unix epoch, UTC; null when there is none (not started, or finished).</summary>
    long? NextTimeMs();

    /// <summary>Lets the next event happen; without effect when there is none. All its events have been handed out when the call returns.</summary>
    void Step();
}
