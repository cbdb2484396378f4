namespace Granary.Client.Api;

/// <summary>What one strategy's orders of one purpose cost in one symbol. Money in quote units; above 0 is a cost. Null is "no value".</summary>
public sealed record SlippageBody
{
    /// <summary>Account name.</summary>
    public string Account { get; init; } = "";

    /// <summary>Symbol.</summary>
    public string Symbol { get; init; } = "";

    /// <summary>Strategy name.</summary>
    public string Strategy { get; init; } = "";

    /// <summary>Entry or Exit.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>Orders with fills.</summary>
    public long Orders { get; init; }

    /// <summary>Orders without any.</summary>
    public long OrdersUnfilled { get; init; }

    /// <summary>Mean over the orders, basis points.</summary>
    public double? MeanBps { get; init; }

    /// <summary>0.95-quantile over the last orders, basis points.</summary>
    public double? P95Bps { get; init; }

    /// <summary>Mean of what was expected, basis points.</summary>
    public double? ForecastBps { get; init; }

    /// <summary>Mean of what it was less what was expected, basis points.</summary>
    public double? BiasBps { get; init; }

    /// <summary>Cost of the delay.</summary>
    public decimal DelayQuote { get; init; }

    /// <summary>Cost of the spread.</summary>
    public decimal SpreadQuote { get; init; }

    /// <summary>Cost of impact and drift.</summary>
    public decimal ImpactQuote { get; init; }

    /// <summary>Paid.</summary>
    public decimal Fees { get; init; }
}
