using Granary.Backtest.Configuration;
using Granary.Engine.Execution.Placement;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Risk;
using PlacedOrder = Granary.Engine.Execution.Placement.WorkingOrder;

namespace Granary.Backtest.Accounts;

/// <summary>
/// One symbol's orders that are placed in parts, as the live engine places them: the same kernel says what each needs next, here it is sent to the simulated
/// venue. Prices come once a second and with each decision, as live.
/// </summary>
internal sealed class OrderPlacement(SimulatedAccount account, AccountSymbol symbol, PlacementTerms terms)
{
    private readonly SortedDictionary<string, (PlacedOrder Order, Proposal Proposal)> _working = new(StringComparer.Ordinal);
    private readonly OrderPacer _pacer = new(terms.OrdersPerSecondMax);
    private bool _isWorking;
    private bool _workAgain;

    /// <summary>Whether an order is being placed.</summary>
    public bool IsBusy => _working.Count > 0;

    /// <summary>Whether an entry is being placed.</summary>
    public bool HasEntries => _working.Values.Any(w => !w.Order.ReduceOnly);

    /// <summary>Whether a part of an entry may rest at the venue.</summary>
    public bool HasRestingEntry => _working.Values.Any(w => !w.Order.ReduceOnly && w.Order.Parent.LiveCount > 0);

    /// <summary>When to look again though nothing happens; long.MaxValue for never.</summary>
    public long NextMs { get; private set; } = long.MaxValue;

    /// <summary>An entry that is placed so that it only ever rests has its profit held against the maker's fee.</summary>
    public Proposal Planned(Proposal proposal) =>
        proposal is { Kind: ProposalKind.Entry, OrderType: OrderType.Market } && terms.Of(proposal.Strategy, PlacementPurpose.Entry).IsMaker
            ? proposal with { IsEntryMaker = true }
            : proposal;

    /// <summary>Takes an approved order over.</summary>
    /// <returns>False where it leaves at once as it is.</returns>
    public bool TryBegin(Approved<Order> approved, Proposal proposal, long nowMs)
    {
        var order = approved.Value;
        var (bid, ask, last) = Prices();
        if (order.Request.Type != OrderType.Market || last <= 0) return false;
        var purpose = proposal.Kind == ProposalKind.Entry ? PlacementPurpose.Entry : proposal.IsPatient ? PlacementPurpose.Exit : PlacementPurpose.ForcedExit;
        var policy = terms.Of(order.Strategy, purpose);
        if (policy.Style == PlacementStyle.Taker) return false;
        var working = new PlacedOrder(approved, policy, bid is { } best && ask is { } other ? (best + other) / 2 : last, nowMs);
        working.OnQuote(bid, ask, last);
        _working.Add(order.Request.ClientOrderId, (working, proposal));
        account.Begun(order);
        Work(nowMs);
        return true;
    }

    /// <summary>Takes the market's prices.</summary>
    public void OnQuote(long nowMs)
    {
        if (_working.Count == 0) return;
        var (bid, ask, last) = Prices();
        foreach (var (working, _) in _working.Values) working.OnQuote(bid, ask, last);
        if (HasEntries && account.WhyNoEntries() is { } reason) StopEntries(reason, nowMs);
        Work(nowMs);
    }

    /// <summary>Takes what became of a part.</summary>
    public void OnChange(OrderChange change, long nowMs)
    {
        if (_working.Count == 0 || !_working.TryGetValue(ClientOrderId.ParentOf(change.Order.ClientOrderId), out var own)) return;
        own.Order.OnChild(change.Order, change.NewFills, nowMs);
        Work(nowMs);
    }

    /// <summary>What still opens is given up.</summary>
    public void StopEntries(string reason, long nowMs)
    {
        foreach (var (working, _) in _working.Values)
        {
            if (!working.ReduceOnly) working.Stop(reason);
        }
        Work(nowMs);
    }

    /// <summary>An exit is asked for while one is under way: that one crosses now.</summary>
    public void HastenExits(string reason, long nowMs)
    {
        foreach (var (working, _) in _working.Values)
        {
            if (working.ReduceOnly) working.Hasten(reason);
        }
        Work(nowMs);
    }

    /// <summary>Does what the orders need now, reductions first. What happens meanwhile leads to another round, not to one within.</summary>
    public void Work(long nowMs)
    {
        _workAgain = true;
        if (_isWorking) return;
        _isWorking = true;
        while (_workAgain)
        {
            _workAgain = false;
            NextMs = long.MaxValue;
            foreach (var (working, proposal) in _working.Values.OrderByDescending(w => w.Order.ReduceOnly).ToArray()) Step(working, proposal, nowMs);
        }
        _isWorking = false;
    }

    private void Step(PlacedOrder working, Proposal proposal, long nowMs)
    {
        var step = working.Next(symbol.Rules, nowMs);
        if (step.Kind is PlacementStepKind.Place or PlacementStepKind.Amend)
        {
            if (!working.ReduceOnly && _pacer.NextMs(nowMs) is var free && free > nowMs)
            {
                LookAt(free, nowMs);
                return;
            }
            _pacer.Add(nowMs);
        }
        switch (step.Kind)
        {
            case PlacementStepKind.Wait:
                if (step.LookAgainMs is { } at) LookAt(at, nowMs);
                return;
            case PlacementStepKind.Place:
                account.Send(symbol, working.Place(step, nowMs).Value, proposal, nowMs);
                break;
            case PlacementStepKind.Amend:
                working.Amend(nowMs);
                Told(working, account.Amend(symbol, PartOf(working, step.Child), step.Price!.Value, nowMs), nowMs);
                break;
            case PlacementStepKind.Cancel:
                Told(working, account.CancelPart(symbol, PartOf(working, step.Child), nowMs), nowMs);
                break;
            default:
                working.Close();
                _working.Remove(working.Parent.Order.Request.ClientOrderId);
                account.Ended(symbol, working, nowMs);
                return;
        }
        _workAgain = true;
    }

    private void LookAt(long atMs, long nowMs) => NextMs = Math.Min(NextMs, Math.Max(atMs, nowMs + 1));

    private static void Told(PlacedOrder working, OrderChange? change, long nowMs)
    {
        if (change is not null) working.OnChild(change.Order, change.NewFills, nowMs);
    }

    private static string PartOf(PlacedOrder working, int child) => (working.Parent.Id with { Child = child }).ToString();

    private (decimal? Bid, decimal? Ask, decimal Last) Prices()
    {
        var book = symbol.Venue.Book;
        return (
            book is { BestBidE8: > 0 } ? Fixed8.ToDecimal(book.BestBidE8) : null, book is { BestAskE8: > 0 } ? Fixed8.ToDecimal(book.BestAskE8) : null,
            symbol.LastPrice);
    }
}
