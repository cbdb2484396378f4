namespace Granary.Exchange.Matching;

/// <summary>Told what matching does, in order, while it happens. Implementations must not touch the book.</summary>
public interface IMatchListener
{
    /// <summary>A trade at the resting order's price. The maker's remaining quantity is already reduced; at 0 it has left the book.</summary>
    /// <param name="takerTag">Tag of the incoming order.</param>
    /// <param name="maker">The resting order.</param>
    /// <param name="priceE8">Price, times 10^8.</param>
    /// <param name="quantityE8">Quantity, times 10^8.</param>
    void OnTrade(object? takerTag, BookOrder maker, long priceE8, long quantityE8);

    /// <summary>How much a reduce-only resting order may trade now, times 10^8; 0 or less knocks it out of the book.</summary>
    long ReduceOnlyLimit(BookOrder maker);

    /// <summary>A reduce-only resting order left the book because it had nothing to reduce.</summary>
    void OnKnockedOut(BookOrder maker);

    /// <summary>A resting order left the book because an order of its own owner met it.</summary>
    void OnSelfTrade(BookOrder maker);
}
