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

    /// <summary>
    /// Decides on an exit. Exits that wait for the gate at the same time become one order where they fit: those of one symbol, at market, that together are no
    /// more than what is left of the position. Each is answered with that order's id.
    /// </summary>
    [AlwaysInterleave, Alias("ProposeExit")]
    ValueTask<ProposalAnswer> ProposeExit(ProposalMessage message);

    /// <summary>The gate's own turn for the exits that wait; asks of others do nothing but begin it earlier.</summary>
    [Alias("DecideExits")]
    ValueTask DecideExits();

    /// <summary>An order changed or filled. A hint: what gets lost is made up for by the periodic audit.</summary>
    [OneWay, Alias("OnOrder")]
    Task OnOrder(OrderNotice notice);

    /// <summary>A symbol's mark price and what it knows of its market, about once a second.</summary>
    [OneWay, Alias("OnMark")]
    Task OnMark(MarkNotice notice);

    /// <summary>The venue's user stream reported balances and positions.</summary>
    [Alias("OnAccount")]
    ValueTask OnAccount(AccountNotice notice);

    /// <summary>The user stream was lost (false), or is back (true) so that everything must be reconciled before anything is opened.</summary>
    [AlwaysInterleave, Alias("OnStream")]
    ValueTask OnStream(bool connected, string detail);

    /// <summary>
    /// Changes the trading state: ReduceOnly or Halted stop the account, Active lifts its stop, whoever made it. A stop of the whole engine that is stricter
    /// stays in force. Survives a restart.
    /// </summary>
    /// <param name="state">Name of the state.</param>
    /// <param name="reason">Why.</param>
    /// <param name="who">operator, or the rule that does it.</param>
    [Alias("SetState")]
    ValueTask<RiskView> SetState(string state, string reason, string who);

    /// <summary>
    /// Halts the account for the engine's own sake, unless it is halted already: not held up by a proposal that waits for an execution grain. Survives a
    /// restart.
    /// </summary>
    /// <param name="reason">Why.</param>
    /// <param name="who">The rule that does it.</param>
    [AlwaysInterleave, Alias("Halt")]
    ValueTask Halt(string reason, string who);

    /// <summary>
    /// Halts, cancels every open order and closes every position at market, again and again until the account is flat; it stays halted. Survives a restart.
    /// </summary>
    [Alias("Flatten")]
    ValueTask<RiskView> Flatten(string reason, string who);

    /// <summary>The whole engine was stopped, or its stop was lifted. A lost notice is made good by the audit.</summary>
    [Alias("OnEngineStop")]
    ValueTask OnEngineStop(EngineStop stop);

    /// <summary>Cancels every open order of the account; positions stay.</summary>
    [Alias("CancelAll")]
    ValueTask CancelAll(string reason);

    /// <summary>Reconciles every symbol and the wallet with the venue now. Takes as long as the venue's rate limit makes it; proposals do not wait for it.</summary>
    [AlwaysInterleave, Alias("Reconcile")]
    ValueTask<RiskView> Reconcile(string reason);

    /// <summary>What an operator sees of the account.</summary>
    [AlwaysInterleave, Alias("View")]
    ValueTask<RiskView> GetView();

    /// <summary>The risk of the account as it stands: tails, scenarios, margin, limits, costs, stops.</summary>
    [AlwaysInterleave, Alias("Report")]
    ValueTask<RiskReport> GetReport();
}
