namespace Granary.Client.Api;

/// <summary>What a strategy proposed and what the risk gate said.</summary>
public sealed record DecisionBody
{
    /// <summary>Account name.</summary>
    public string Account { get; init; } = "";

    /// <summary>Symbol.</summary>
    public string Symbol { get; init; } = "";

    /// <summary>Strategy name.</summary>
    public string Strategy { get; init; } = "";

    /// <summary>Entry or Exit.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Buy or Sell.</summary>
    public string Side { get; init; } = "";

    /// <summary>Signal strength.</summary>
    public double Strength { get; init; }

    /// <summary>Bar on which it was decided.</summary>
    public long BarIndex { get; init; }

    /// <summary>Approved or Refused.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>Refusal reason code, or empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Refusal in detail, or the order's id.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Market time, milliseconds since the Unix epoch, UTC.</summary>
    public long MarketTimeMs { get; init; }

    /// <summary>Engine time, milliseconds since the Unix epoch, UTC.</summary>
    public long TimeMs { get; init; }
}
