using Granary.Engine.Orders;

namespace Granary.Engine.Risk;

/// <summary>
/// An order as the gate approved it, as values: nothing is allocated until <see cref="ToOrder"/> makes the objects that journal and execution keep. Only a
/// gate makes one; a default value is none.
/// </summary>
public readonly struct Approval
{
    private readonly Proposal? _proposal;

    internal Approval(Proposal proposal, ClientOrderId id, decimal quantity, decimal? stopPrice)
    {
        _proposal = proposal;
        Id = id;
        Quantity = quantity;
        StopPrice = stopPrice;
    }

    /// <summary>Whether this is an approval, and not a default value.</summary>
    public bool IsApproved => _proposal is not null;

    /// <summary>The order's id.</summary>
    public ClientOrderId Id { get; }

    /// <summary>Base units, as the gate sized or took them.</summary>
    public decimal Quantity { get; }

    /// <summary>Planned hard stop of the position that it opens, on the tick; null for exits and without a stop distance.</summary>
    public decimal? StopPrice { get; }

    /// <summary>What was proposed.</summary>
    /// <exception cref="InvalidOperationException">This is no approval.</exception>
    public Proposal Proposal => _proposal ?? throw new InvalidOperationException("a default value is no approval: only a risk gate makes one");

    /// <summary>Limit price, quote units; null for market orders.</summary>
    /// <exception cref="InvalidOperationException">This is no approval.</exception>
    public decimal? Price => Proposal.OrderType == OrderType.Limit ? Proposal.LimitPrice : null;

    /// <summary>Whether it may only make the position smaller.</summary>
    /// <exception cref="InvalidOperationException">This is no approval.</exception>
    public bool ReduceOnly => Proposal.Kind == ProposalKind.Exit;

    /// <summary>Makes the order's objects, new and equal ones each time.</summary>
    /// <exception cref="InvalidOperationException">This is no approval.</exception>
    public Approved<Order> ToOrder()
    {
        var proposal = Proposal;
        var request = new OrderRequest(
            Id.ToString(), proposal.Symbol, proposal.Side, proposal.OrderType, proposal.TimeInForce, Quantity, Price, ReduceOnly);
        return new Approved<Order>(new Order(
            request, proposal.Account, proposal.Strategy, proposal.IntentId, proposal.Kind, proposal.Atr, StopPrice, proposal.MarketTimeMs));
    }
}
