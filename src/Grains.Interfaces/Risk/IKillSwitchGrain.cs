using Orleans.Concurrency;

namespace Granary.Grains.Interfaces.Risk;

/// <summary>
/// The stop of the whole engine; one, key <see cref="Key"/>. It is durable before anybody is told. Accounts ask for it when they start and at every audit, so that
/// an account that was not reached, or starts during a stop, is stopped too.
/// </summary>
[Alias("granary.IKillSwitchGrain")]
public interface IKillSwitchGrain : IKeepAlive
{
    /// <summary>The key of the only one.</summary>
    const string Key = "engine";

    /// <summary>Stops every account, or lifts the engine's stop; an account's own stop is not touched.</summary>
    /// <param name="action">None, ReduceOnly, Halt or Flatten.</param>
    /// <param name="reason">Why.</param>
    /// <param name="who">Who.</param>
    /// <returns>The stop in force, and the accounts that could not be told yet; they find out at their next audit.</returns>
    /// <exception cref="ArgumentException">There is no such action.</exception>
    [Alias("Set")]
    ValueTask<EngineStopAnswer> Set(string action, string reason, string who);

    /// <summary>The stop in force.</summary>
    [AlwaysInterleave, Alias("Stop")]
    ValueTask<EngineStop> GetStop();
}
