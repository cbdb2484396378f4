namespace Granary.Client.Api;

/// <summary>A position.</summary>
public sealed record PositionBody
{
    /// <summary>Account name.</summary>
    public string Account { get; init; } = "";

    /// <summary>Symbol.</summary>
    public string Symbol { get; init; } = "";

    /// <summary>Signed base units.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Volume-weighted.</summary>
    public decimal EntryPrice { get; init; }

    /// <summary>0 when unknown.</summary>
    public decimal MarkPrice { get; init; }

    /// <summary>At the mark price.</summary>
    public decimal UnrealizedPnl { get; init; }

    /// <summary>Since the books were opened, before fees.</summary>
    public decimal RealizedPnl { get; init; }

    /// <summary>Since the books were opened.</summary>
    public decimal Fees { get; init; }

    /// <summary>Protective stop, or null.</summary>
    public decimal? StopPrice { get; init; }

    /// <summary>Where the stop at the venue stands, for example Resting; None when there is none, empty when flat.</summary>
    public string StopState { get; init; } = "";

    /// <summary>Why there is no stop at the venue; empty when there is one.</summary>
    public string StopReason { get; init; } = "";

    /// <summary>Who opened it, or EXTERNAL.</summary>
    public string Strategy { get; init; } = "";
}
