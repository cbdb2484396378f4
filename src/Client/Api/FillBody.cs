namespace Granary.Client.Api;

/// <summary>A fill.</summary>
public sealed record FillBody
{
    /// <summary>Account name.</summary>
    public string Account { get; init; } = "";

    /// <summary>Symbol.</summary>
    public string Symbol { get; init; } = "";

    /// <summary>The venue's trade id.</summary>
    public long TradeId { get; init; }

    /// <summary>The order's id, or empty.</summary>
    public string ClientOrderId { get; init; } = "";

    /// <summary>Strategy name, or EXTERNAL.</summary>
    public string Strategy { get; init; } = "";

    /// <summary>Buy or Sell.</summary>
    public string Side { get; init; } = "";

    /// <summary>Quote units.</summary>
    public decimal Price { get; init; }

    /// <summary>Base units.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Paid, in the fee asset.</summary>
    public decimal Fee { get; init; }

    /// <summary>Usually USDT.</summary>
    public string FeeAsset { get; init; } = "";

    /// <summary>Before the fee.</summary>
    public decimal RealizedPnl { get; init; }

    /// <summary>Whether our order was resting.</summary>
    public bool IsMaker { get; init; }

    /// <summary>The venue's time, milliseconds since the Unix epoch, UTC.</summary>
    public long TimeMs { get; init; }
}
