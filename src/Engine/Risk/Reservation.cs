using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Risk;

/// <summary>
/// What one order may still do to the position. It ends only when the order is final and every fill that the venue reported has reached the position, so
/// between an order's last report and its fills the exposure is counted once, never zero times. Used again once it is over.
/// </summary>
internal sealed class Reservation
{
    private Approval _approval;
    private Order? _source;
    private string? _clientOrderId;

    /// <summary>The order's id; the text of one that this gate minted is made when it is first asked for.</summary>
    internal string ClientOrderId => _clientOrderId ??= _approval.Id.ToString();

    /// <summary>Hash code of the id's text.</summary>
    internal int IdHash { get; private set; }

    internal string Symbol { get; private set; } = "";

    internal OrderSide Side { get; private set; }

    internal decimal Quantity { get; private set; }

    internal bool ReduceOnly { get; private set; }

    /// <summary>Price it was approved at; it is never valued lower while it is in flight.</summary>
    internal decimal Price { get; private set; }

    /// <summary>Price at which it may rest in the book; null for orders that never rest.</summary>
    internal decimal? RestingPrice { get; private set; }

    /// <summary>Who proposed it; null for foreign orders.</summary>
    internal string? Strategy => _source?.Strategy ?? _approval.Id.Strategy;

    /// <summary>The intent that its end gives free; null for entries and foreign orders.</summary>
    internal string? ExitIntentId => _source is { } order
        ? (order.Purpose == ProposalKind.Exit ? order.IntentId : null)
        : _approval.IsApproved && _approval.ReduceOnly ? _approval.Proposal.IntentId : null;

    internal long VenueOrderId { get; set; }

    /// <summary>Executed by the venue's word.</summary>
    internal decimal Executed { get; set; }

    /// <summary>Fills that have reached the position.</summary>
    internal decimal Applied { get; set; }

    internal bool IsFinal { get; set; }

    internal bool IsEntryCounted { get; set; }

    internal bool IsExternal => _source is null && !_approval.IsApproved;

    /// <summary>Base units that may still trade or have traded without having reached the position.</summary>
    internal decimal Remaining => Math.Max((IsFinal ? Executed : Quantity) - Applied, 0);

    internal bool IsOver => IsFinal && Applied >= Executed;

    /// <summary>Whether this is the id's text.</summary>
    internal bool IsNamed(ReadOnlySpan<char> id)
    {
        if (_clientOrderId is not null) return id.SequenceEqual(_clientOrderId);
        Span<char> text = stackalloc char[Risk.ClientOrderId.LengthMax];
        return id.SequenceEqual(text[.._approval.Id.Write(text)]);
    }

    /// <summary>Makes it that of an order just approved. Allocates nothing.</summary>
    internal void Begin(in Approval approval, decimal price)
    {
        var proposal = approval.Proposal;
        Span<char> text = stackalloc char[Risk.ClientOrderId.LengthMax];
        (_approval, _source, _clientOrderId) = (approval, null, null);
        IdHash = string.GetHashCode(text[..approval.Id.Write(text)]);
        (Symbol, Side, Quantity, ReduceOnly) = (proposal.Symbol, proposal.Side, approval.Quantity, approval.ReduceOnly);
        RestingPrice = Resting(proposal.OrderType, proposal.TimeInForce, approval.Price);
        Begin(price);
    }

    /// <summary>Makes it that of an order that is known as objects.</summary>
    /// <param name="request">The order.</param>
    /// <param name="price">What it is valued at, at least.</param>
    /// <param name="source">The approved order; null for foreign ones.</param>
    internal void Begin(OrderRequest request, decimal price, Order? source)
    {
        (_approval, _source, _clientOrderId) = (default, source, request.ClientOrderId);
        IdHash = string.GetHashCode(request.ClientOrderId.AsSpan());
        (Symbol, Side, Quantity, ReduceOnly) = (request.Symbol, request.Side, request.Quantity, request.ReduceOnly);
        RestingPrice = Resting(request.Type, request.TimeInForce, request.Price);
        Begin(price);
    }

    /// <summary>Lets go of the order, so that a spare one keeps nothing alive.</summary>
    internal void Clear() => (_approval, _source, _clientOrderId) = (default, null, "");

    internal void Write(SnapshotWriter writer)
    {
        writer.Write(ClientOrderId);
        writer.Write(Symbol);
        writer.Write((int)Side);
        writer.Write(Quantity);
        writer.Write(ReduceOnly);
        writer.Write(Price);
        writer.Write(!IsExternal);
        if (!IsExternal) writer.Write(_source ?? _approval.ToOrder().Value);
        writer.Write(VenueOrderId);
        writer.Write(Executed);
        writer.Write(Applied);
        writer.Write(IsFinal);
        writer.Write(IsEntryCounted);
        writer.WriteNullable(RestingPrice);
    }

    /// <summary>Reads one; version 1 had no resting price of foreign orders.</summary>
    internal static Reservation Read(ref SnapshotReader reader, int version)
    {
        var reservation = new Reservation
        {
            _clientOrderId = reader.ReadString(),
            Symbol = reader.ReadString(),
            Side = (OrderSide)reader.ReadInt32(),
            Quantity = reader.ReadDecimal(),
            ReduceOnly = reader.ReadBoolean(),
            Price = reader.ReadDecimal(),
            _source = reader.ReadBoolean() ? reader.ReadOrder() : null,
            VenueOrderId = reader.ReadInt64(),
            Executed = reader.ReadDecimal(),
            Applied = reader.ReadDecimal(),
            IsFinal = reader.ReadBoolean(),
            IsEntryCounted = reader.ReadBoolean(),
        };
        if (reservation.Side is not (OrderSide.Buy or OrderSide.Sell))
            throw new InvalidDataException($"snapshot is damaged: order {reservation.ClientOrderId} has side {reservation.Side}");
        reservation.IdHash = string.GetHashCode(reservation.ClientOrderId.AsSpan());
        if (version >= 2) reservation.RestingPrice = reader.ReadNullableDecimal();
        else if (reservation._source?.Request is { } request) reservation.RestingPrice = Resting(request.Type, request.TimeInForce, request.Price);
        return reservation;
    }

    private void Begin(decimal price)
    {
        Price = price;
        VenueOrderId = 0;
        (Executed, Applied) = (0, 0);
        (IsFinal, IsEntryCounted) = (false, false);
    }

    private static decimal? Resting(OrderType type, TimeInForce timeInForce, decimal? price) =>
        type == OrderType.Limit && timeInForce is TimeInForce.Gtc or TimeInForce.Gtx ? price : null;
}
