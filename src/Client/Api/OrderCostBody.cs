namespace Granary.Client.Api;

/// <summary>What one approved order was expected to cost, and what it cost. Null is "no value".</summary>
public sealed record OrderCostBody
{
    /// <summary>Account name.</summary>
    public string Account { get; init; } = "";

    /// <summary>Id of the approved order.</summary>
    public string ClientOrderId { get; init; } = "";

    /// <summary>Symbol.</summary>
    public string Symbol { get; init; } = "";

    /// <summary>Buy or Sell.</summary>
    public string Side { get; init; } = "";

    /// <summary>Approved, base units.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Base units.</summary>
    public decimal Filled { get; init; }

    /// <summary>Mid price at the approval.</summary>
    public decimal ArrivalPrice { get; init; }

    /// <summary>Of the fills.</summary>
    public decimal? AveragePrice { get; init; }

    /// <summary>Slippage expected, basis points.</summary>
    public double? ForecastBps { get; init; }

    /// <summary>What that rests on: Book, Slices or Bars; empty where nothing was expected.</summary>
    public string ForecastBasis { get; init; } = "";

    /// <summary>Slippage, basis points.</summary>
    public double? Bps { get; init; }

    /// <summary>Whether no more fills are expected.</summary>
    public bool IsOver { get; init; }

    /// <summary>Engine time, milliseconds since the Unix epoch, UTC.</summary>
    public long TimeMs { get; init; }
}
