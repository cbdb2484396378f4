using Granary.Engine.Risk;
using Granary.Grains.Interfaces.Risk;

namespace Granary.Grains.Risk;

/// <summary>
/// Exits that are asked for at once. An ask is noted whatever the gate is doing, and decided in its next turn together with the others that have come until
/// then: no ask waits for another one, and two that meet are one order.
/// </summary>
public sealed partial class RiskGrain
{
    private readonly List<(ProposalMessage Message, TaskCompletionSource<ProposalAnswer> Answer)> _exitAsks = [];

    /// <inheritdoc/>
    public async ValueTask<ProposalAnswer> ProposeExit(ProposalMessage message)
    {
        if (message.Proposal.Kind != ProposalKind.Exit) throw new ArgumentException($"{message.Proposal.IntentId} is no exit", nameof(message));
        var answer = new TaskCompletionSource<ProposalAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _exitAsks.Add((message, answer));
        await this.AsReference<IRiskGrain>().DecideExits();
        return await answer.Task;
    }

    /// <inheritdoc/>
    public async ValueTask DecideExits()
    {
        // Another ask's turn may have taken this one in.
        if (_exitAsks.Count == 0) return;
        var asks = _exitAsks.ToArray();
        _exitAsks.Clear();
        foreach (var symbol in asks.GroupBy(ask => ask.Message.Proposal.Symbol, StringComparer.Ordinal)) await DecideExitsAsync([.. symbol]);
        await NoticeChangesAsync();
        _view = MakeView();
    }

    /// <summary>Nothing that goes wrong here leaves an ask without an answer.</summary>
    private async Task DecideExitsAsync((ProposalMessage Message, TaskCompletionSource<ProposalAnswer> Answer)[] asks)
    {
        try
        {
            var net = asks.Length > 1 ? _gate.Net([.. asks.Select(ask => ask.Message.Proposal)]) : default;
            var order = net.Proposal is null ? null : await DecideAsync(net.Proposal, asks[^1].Message);
            for (var i = 0; i < asks.Length; i++)
            {
                var (message, answer) = asks[i];
                // Where the one order is refused each ask is decided alone: one of them may pass.
                if (order is not { Approved: true } || !net.IsJoined[i]) answer.SetResult(await DecideAsync(message.Proposal, message));
                else answer.SetResult(message.Proposal.IntentId == net.Proposal!.IntentId ? order : await RecordJoinedAsync(message, order));
            }
        }
        catch (Exception e)
        {
            foreach (var (_, answer) in asks) answer.TrySetException(e);
        }
    }

    private Task<ProposalAnswer> DecideAsync(Proposal proposal, ProposalMessage message) =>
        DecideAsync(proposal, message.Market, message.Features, message.ReceivedTimestamp);

    /// <summary>The decision of an ask that an order of another one stands for.</summary>
    private async Task<ProposalAnswer> RecordJoinedAsync(ProposalMessage message, ProposalAnswer order)
    {
        await _journal.EnqueueAsync([DecisionOf(message.Proposal, message.Features, Approved, "", order.ClientOrderId)], _epoch);
        return order;
    }
}
