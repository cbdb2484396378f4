namespace Granary.Exchange.Contracts;

/// <summary>A conditional order at one moment.</summary>
/// <param name="AlgoId">Rises across the whole exchange; a space of its own beside order ids.</param>
/// <param name="ClientAlgoId">Unique among the account's waiting conditional orders.</param>
/// <param name="Request">What was asked for.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="CreatedMs">Market time of creation, milliseconds since the Unix epoch, UTC.</param>
/// <param name="UpdatedMs">Market time of the last change.</param>
public sealed record ConditionalOrder(
    long AlgoId, string ClientAlgoId, NewConditionalOrder Request, ConditionalStatus Status, long CreatedMs, long UpdatedMs)
{
    /// <summary>The order that it placed, or 0.</summary>
    public long OrderId { get; init; }

    /// <summary>What that order filled, base units.</summary>
    public decimal ExecutedQuantity { get; init; }

    /// <summary>What that order filled, quote units.</summary>
    public decimal ExecutedQuote { get; init; }

    /// <summary>Why it was rejected or expired, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>Lowest (buy) or highest (sell) price that a trailing stop has seen, quote units; else 0.</summary>
    public decimal Extreme { get; init; }

    /// <summary>Market time at which its price was reached; 0 before.</summary>
    public long TriggeredMs { get; init; }

    /// <summary>Whether it still waits for its price.</summary>
    public bool IsWaiting => Status == ConditionalStatus.New;
}
