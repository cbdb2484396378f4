namespace Granary.Exchange.Contracts;

/// <summary>What an order may carry beyond side, price and quantity; most orders carry nothing.</summary>
public sealed record OrderTerms
{
    /// <summary>An order without extras.</summary>
    public static OrderTerms Default { get; } = new();

    /// <summary>What ends when it meets its own account.</summary>
    public SelfTradePrevention SelfTrade { get; init; }

    /// <summary>Where its price came from.</summary>
    public PriceMatch PriceMatch { get; init; }

    /// <summary>Protocol time at which it is cancelled (GTD), milliseconds since the Unix epoch, UTC; 0 for never.</summary>
    public long GoodTillMs { get; init; }

    /// <summary>How often it was amended.</summary>
    public int Amendments { get; init; }

    /// <summary>Place in the queue relative to order ids, risen by each amendment; 0 for the order's own id.</summary>
    public long Rank { get; init; }

    /// <summary>The conditional order that placed it, or 0.</summary>
    public long AlgoId { get; init; }

    /// <summary>Type of that conditional order.</summary>
    public ConditionalType? Origin { get; init; }

    /// <summary>Trigger price of that conditional order, quote units; 0 for none.</summary>
    public decimal StopPrice { get; init; }

    /// <summary>Whether that conditional order closes the whole position.</summary>
    public bool ClosePosition { get; init; }

    /// <summary>Whether it ended because it met its own account (EXPIRED_IN_MATCH).</summary>
    public bool EndedInMatch { get; init; }
}
