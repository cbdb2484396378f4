namespace Granary.Client.Api;

/// <summary>An order.</summary>
public sealed record OrderBody
{
    /// <summary>Account name.</summary>
    public string Account { get; init; } = "";

    /// <summary>The engine's id.</summary>
    public string ClientOrderId { get; init; } = "";

    /// <summary>Symbol.</summary>
    public string Symbol { get; init; } = "";

    /// <summary>Strategy name, or EXTERNAL.</summary>
    public string Strategy { get; init; } = "";

    /// <summary>Entry or Exit.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>Buy or Sell.</summary>
    public string Side { get; init; } = "";

    /// <summary>Limit or Market.</summary>
    public string Type { get; init; } = "";

    /// <summary>Base units.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Quote units, or null.</summary>
    public decimal? Price { get; init; }

    /// <summary>Where it stands.</summary>
    public string Status { get; init; } = "";

    /// <summary>Base units.</summary>
    public decimal ExecutedQuantity { get; init; }

    /// <summary>What happened, or empty.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Engine time of this state, milliseconds since the Unix epoch, UTC.</summary>
    public long TimeMs { get; init; }
}
