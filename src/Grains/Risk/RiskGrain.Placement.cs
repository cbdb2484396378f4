using Granary.Engine.Execution.Placement;
using Granary.Engine.Orders;
using Granary.Engine.Risk;
using Granary.Grains.Interfaces.Execution;

namespace Granary.Grains.Risk;

/// <summary>What the gate and the placement of orders tell each other.</summary>
public sealed partial class RiskGrain
{
    /// <summary>An entry that is placed so that it only ever rests has its profit held against the maker's fee.</summary>
    private Proposal Placed(Proposal proposal) =>
        proposal is { Kind: ProposalKind.Entry, OrderType: OrderType.Market } && _settings.Placement.Of(proposal.Strategy, PlacementPurpose.Entry).IsMaker
            ? proposal with { IsEntryMaker = true }
            : proposal;

    /// <summary>Refused because another exit is under way: there is to be one, but it must not be slower than what is asked for now.</summary>
    private void HastenExit(Proposal proposal, Refusal refusal)
    {
        if (proposal.Kind != ProposalKind.Exit || proposal.IsPatient || refusal.Reason != RefusalReason.OrderInFlight) return;
        _ = GrainFactory.GetGrain<IExecutionGrain>($"{_account}/{proposal.Symbol}").HastenExit(proposal.IntentId);
    }

    /// <summary>Entries that are still being placed are given up once nothing is to be opened. Told with every change and audit until the books show none.</summary>
    private void StopEntries()
    {
        foreach (var book in _books.Values)
        {
            if (!book.Working.Any(w => w.Purpose == nameof(ProposalKind.Entry))) continue;
            if (WhyNoEntries() is not { } reason) return;
            _ = GrainFactory.GetGrain<IExecutionGrain>($"{_account}/{book.Symbol}").StopEntries(reason);
        }
    }

    private string? WhyNoEntries()
    {
        if (_gate.State is TradingState.Halted or TradingState.ReduceOnly) return $"the account is {_gate.State}: {_gate.StateReason}";
        var view = _gate.View();
        return view.EntriesHaltedUntilMs is not null || view.IsTotalLossHalted ? "the day's loss limit was reached"
            : view.IsDrawdownStopped ? "the drawdown limit was reached"
            : null;
    }
}
