using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Risk;

/// <summary>
/// An approved order that reaches the venue in parts. Parts are minted here and nowhere else: of the parent's symbol and side, reduce-only where it is, one at a
/// time, and together never above it, a part that may still trade counted whole. What a part has traded only grows, so reports may come in any order and often.
/// The gate's reservation of the parent covers all of its parts.
/// </summary>
public sealed class ParentOrder
{
    private readonly List<ChildOrder> _children = [];

    /// <summary>A parent without parts.</summary>
    /// <param name="approved">The order; its quantity is what its parts may trade.</param>
    /// <exception cref="ArgumentException">Its id is none of the gate's, or itself a part's.</exception>
    public ParentOrder(Approved<Order> approved)
        : this(approved.Value)
    {
    }

    private ParentOrder(Order order)
    {
        if (!ClientOrderId.TryParse(order.Request.ClientOrderId, out var id) || id.Child != 0)
            throw new ArgumentException($"{order.Request.ClientOrderId} is no id of an approved order");
        (Order, Id) = (order, id);
    }

    /// <summary>The order as approved.</summary>
    public Order Order { get; }

    /// <summary>Its id.</summary>
    public ClientOrderId Id { get; }

    /// <summary>Base units approved.</summary>
    public decimal Quantity => Order.Request.Quantity;

    /// <summary>Base units that the parts have traded.</summary>
    public decimal Executed { get; private set; }

    /// <summary>Base units that the parts have traded or may still trade.</summary>
    public decimal Committed { get; private set; }

    /// <summary>Base units that a further part may have.</summary>
    public decimal Free => Math.Max(Quantity - Committed, 0);

    /// <summary>The parts, oldest first.</summary>
    public IReadOnlyList<ChildOrder> Children => _children;

    /// <summary>The oldest part that can still trade, or null. There are two only where the venue shows one that had counted as over.</summary>
    public ChildOrder? Live
    {
        get
        {
            foreach (var child in _children)
            {
                if (child.IsLive) return child;
            }
            return null;
        }
    }

    /// <summary>Parts that can still trade.</summary>
    public int LiveCount { get; private set; }

    /// <summary>Whether no further number is left for a part.</summary>
    public bool IsUsedUp => _children.Count == ClientOrderId.ChildMax;

    /// <summary>Makes the next part.</summary>
    /// <param name="type">Limit or market.</param>
    /// <param name="timeInForce">Time in force of a limit order; <see cref="TimeInForce.Gtc"/> for market orders.</param>
    /// <param name="quantity">Base units, above 0 and at most <see cref="Free"/>.</param>
    /// <param name="price">Limit price, quote units, above 0; null for market orders.</param>
    /// <exception cref="InvalidOperationException">A part may still trade, the quantity is not free, or no number is left.</exception>
    /// <exception cref="ArgumentException">Type and price do not go together.</exception>
    public Approved<Order> Mint(OrderType type, TimeInForce timeInForce, decimal quantity, decimal? price)
    {
        if ((type == OrderType.Limit) != (price is > 0)) throw new ArgumentException($"a part of {Id} of type {type} cannot have the price {Number.Text(price ?? 0)}");
        if (LiveCount > 0) throw new InvalidOperationException($"{Id} has a part that may still trade");
        if (IsUsedUp) throw new InvalidOperationException($"{Id} has {ClientOrderId.ChildMax} parts already");
        if (quantity <= 0 || quantity > Free)
            throw new InvalidOperationException($"a part of {Number.Text(quantity)} does not fit {Id}: {Number.Text(Free)} of {Number.Text(Quantity)} are free");
        var child = new ChildOrder(_children.Count + 1, type, timeInForce, quantity, price, 0, OrderStatus.PendingNew);
        _children.Add(child);
        Count();
        var request = Order.Request with
        {
            ClientOrderId = (Id with { Child = child.Number }).ToString(),
            Type = type,
            TimeInForce = timeInForce,
            Quantity = quantity,
            Price = price,
        };
        return new Approved<Order>(Order with { Request = request });
    }

    /// <summary>Takes how a part stands.</summary>
    /// <returns>Whether that was news.</returns>
    public bool OnChild(TrackedOrder order)
    {
        if (!ClientOrderId.TryParse(order.ClientOrderId, out var id) || id.Parent != Id || id.Child < 1 || id.Child > _children.Count) return false;
        var known = _children[id.Child - 1];
        var now = known with { Price = order.Request.Price ?? known.Price, Executed = Math.Max(known.Executed, order.ExecutedQuantity), Status = order.Status };
        if (now == known) return false;
        _children[id.Child - 1] = now;
        Count();
        return true;
    }

    internal void Write(SnapshotWriter writer)
    {
        writer.Section("parent", 1);
        writer.Write(Order);
        writer.Write(_children.Count);
        foreach (var child in _children)
        {
            writer.Write((int)child.Type);
            writer.Write((int)child.TimeInForce);
            writer.Write(child.Quantity);
            writer.WriteNullable(child.Price);
            writer.Write(child.Executed);
            writer.Write((int)child.Status);
        }
    }

    /// <summary>Reads back what <see cref="Write"/> wrote of an order that a gate had approved.</summary>
    internal static ParentOrder Read(ref SnapshotReader reader)
    {
        reader.Section("parent", 1);
        ParentOrder parent;
        try
        {
            parent = new ParentOrder(reader.ReadOrder());
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"snapshot is damaged: {e.Message}");
        }
        for (var i = reader.ReadCount(ClientOrderId.ChildMax, "parts of an order"); i > 0; i--)
        {
            var child = new ChildOrder(
                parent._children.Count + 1, (OrderType)reader.ReadInt32(), (TimeInForce)reader.ReadInt32(), reader.ReadDecimal(), reader.ReadNullableDecimal(),
                reader.ReadDecimal(), (OrderStatus)reader.ReadInt32());
            if (!Enum.IsDefined(child.Type) || !Enum.IsDefined(child.TimeInForce) || !Enum.IsDefined(child.Status) || child.Quantity <= 0 || child.Executed < 0)
                throw new InvalidDataException($"snapshot is damaged: part {child.Number} of {parent.Id} is {child}");
            parent._children.Add(child);
        }
        parent.Count();
        return parent;
    }

    private void Count()
    {
        (Executed, Committed, LiveCount) = (0, 0, 0);
        foreach (var child in _children)
        {
            Executed += child.Executed;
            Committed += child.Committed;
            if (child.IsLive) LiveCount++;
        }
    }
}
