using Granary.Engine.Orders;

namespace Granary.Exchange.Matching;

/// <summary>
/// An order that rests in a book. Objects are reused: after an order has left the book, a holder of the reference must compare
/// <see cref="Id"/> with the id it remembers.
/// </summary>
public sealed class BookOrder
{
    /// <summary>Rises with every resting order of the book and is never reused.</summary>
    public long Id { get; internal set; }

    /// <summary>Buy or sell.</summary>
    public OrderSide Side { get; internal set; }

    /// <summary>Limit, times 10^8.</summary>
    public long PriceE8 { get; internal set; }

    /// <summary>What has not traded yet, times 10^8.</summary>
    public long RemainingE8 { get; internal set; }

    /// <summary>Above 0 for an account, 0 for the background market.</summary>
    public int Owner { get; internal set; }

    /// <summary>Whether the listener is asked for a limit before the order trades.</summary>
    public bool ReduceOnly { get; internal set; }

    /// <summary>The submitter's own object.</summary>
    public object? Tag { get; internal set; }

    /// <summary>Whether the order is in the book.</summary>
    public bool IsResting => Level is not null;

    internal PriceLevel? Level { get; set; }

    internal BookOrder? Earlier { get; set; }

    internal BookOrder? Later { get; set; }
}
