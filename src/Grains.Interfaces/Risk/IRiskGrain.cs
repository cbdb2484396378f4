using Granary.Grains.Interfaces.Execution;
using Orleans.Concurrency;

namespace Granary.Grains.Interfaces.Risk;

/// <summary>The gate of one account: nothing reaches the venue without its approval. Key: the account's name.</summary>
[Alias("granary.IRiskGrain")]
public interface IRiskGrain : IKeepAlive
{
    /// <summary>Decides on a proposal; an approved one has been handed to execution, and is in the journal, when this returns.</summary>
    [Alias("Propose")]
    ValueTask<ProposalAnswer> Propose(ProposalMessage message);

    /// <summary>An order changed or filled. A hint: what gets lost is made up for by the periodic audit.</summary>
    [OneWay, Alias("OnOrder")]
    Task OnOrder(OrderNotice notice);

    /// <summary>The mark price of a symbol, about once a second.</summary>
    [OneWay, Alias("OnMark")]
    Task OnMark(string symbol, decimal mark, long timeMs);

    /// <summary>The venue's user stream reported balances and positions.</summary>
    [Alias("OnAccount")]
    ValueTask OnAccount(AccountNotice notice);

    /// <summary>The user stream was lost (false), or is back (true) so that everything must be reconciled before anything is opened.</summary>
    [Alias("OnStream")]
    ValueTask OnStream(bool connected, string detail);

    /// <summary>Changes the trading state: Active, ReduceOnly or Halted. Survives a restart.</summary>
    /// <param name="state">Name of the state.</param>
    /// <param name="reason">Why.</param>
    /// <param name="who">operator, or the rule that does it.</param>
    [Alias("SetState")]
    ValueTask<RiskView> SetState(string state, string reason, string who);

    /// <summary>Goes reduce-only, cancels every open order and closes every position at market.</summary>
    [Alias("Flatten")]
    ValueTask<RiskView> Flatten(string reason, string who);

    /// <summary>Cancels every open order of the account; positions stay.</summary>
    [Alias("CancelAll")]
    ValueTask CancelAll(string reason);

    /// <summary>Reconciles every symbol and the wallet with the venue now.</summary>
    [Alias("Reconcile")]
    ValueTask<RiskView> Reconcile(string reason);

    /// <summary>What an operator sees of the account.</summary>
    [AlwaysInterleave, Alias("View")]
    ValueTask<RiskView> GetView();
}
