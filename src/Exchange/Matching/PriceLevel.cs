namespace Granary.Exchange.Matching;

/// <summary>All resting orders at one price, oldest first; a node of the side's tree and of its best-to-worst list.</summary>
internal sealed class PriceLevel
{
    public long PriceE8;
    public long QuantityE8;
    public BookOrder? Oldest;
    public BookOrder? Newest;

    /// <summary>Rises from the best level to the worst: the price for asks, its negative for bids.</summary>
    public long Key;

    public PriceLevel? Better;
    public PriceLevel? Worse;

    /// <summary>Heap order of the tree; a hash of the price, so that a book is the same in every run.</summary>
    public ulong Priority;

    public PriceLevel? Left;
    public PriceLevel? Right;

    public void Append(BookOrder order)
    {
        order.Level = this;
        order.Later = null;
        order.Earlier = Newest;
        if (Newest is null) Oldest = order;
        else Newest.Later = order;
        Newest = order;
        QuantityE8 += order.RemainingE8;
    }

    public void Unlink(BookOrder order)
    {
        if (order.Earlier is null) Oldest = order.Later;
        else order.Earlier.Later = order.Later;
        if (order.Later is null) Newest = order.Earlier;
        else order.Later.Earlier = order.Earlier;
        QuantityE8 -= order.RemainingE8;
        order.Level = null;
        order.Earlier = null;
        order.Later = null;
    }
}
