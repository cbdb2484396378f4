using Orleans.Concurrency;

namespace Granary.Grains.Interfaces.Execution;

/// <summary>
/// Asks the venue for the lists of one account (open orders, positions, waiting trigger orders) on behalf of all its symbols at once, and starts their periodic
/// rounds. Key: account, for example main.
/// </summary>
[Alias("granary.IAccountReaderGrain")]
public interface IAccountReaderGrain : IKeepAlive
{
    /// <summary>
    /// The symbol's part of a look whose first question is sent after this call came in. Whoever calls meanwhile shares it; who calls while one is under way
    /// waits for the next.
    /// </summary>
    [AlwaysInterleave, Alias("Look")]
    ValueTask<SymbolLook> Look(LookRequest request);
}
