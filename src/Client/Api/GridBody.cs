namespace Granary.Client.Api;

/// <summary>A grid of an account in a symbol; money in quote units.</summary>
public sealed record GridBody
{
    /// <summary>Account name.</summary>
    public string Account { get; init; } = "";

    /// <summary>Symbol.</summary>
    public string Symbol { get; init; } = "";

    /// <summary>Trading, Paused, Idle, Stopped or NoAnswer.</summary>
    public string State { get; init; } = "";

    /// <summary>Why it is not trading, or what it complains about.</summary>
    public string Reason { get; init; } = "";

    /// <summary>One, or the long and the short one.</summary>
    public IReadOnlyList<GridLadderBody> Ladders { get; init; } = [];

    /// <summary>Signed base units held.</summary>
    public decimal Inventory { get; init; }

    /// <summary>Margin of what is held.</summary>
    public decimal MarginUsed { get; init; }

    /// <summary>Its cap.</summary>
    public decimal MarginMax { get; init; }

    /// <summary>What the gate allows on a side.</summary>
    public decimal NotionalMax { get; init; }

    /// <summary>In force at the venue; 0 while unknown.</summary>
    public int Leverage { get; init; }

    /// <summary>Aimed at.</summary>
    public int LeverageTarget { get; init; }

    /// <summary>Of closed lots, before fees and funding.</summary>
    public decimal RealizedProfit { get; init; }

    /// <summary>Fees paid.</summary>
    public decimal Fees { get; init; }

    /// <summary>Funding paid; below 0 it was received.</summary>
    public decimal FundingPaid { get; init; }

    /// <summary>Share of the filled notional that made; null before the first fill.</summary>
    public decimal? MakerRatio { get; init; }

    /// <summary>Notional that took although it was to make.</summary>
    public decimal UnexpectedTakerNotional { get; init; }

    /// <summary>Post-only rejects in a row.</summary>
    public int RejectsInRow { get; init; }

    /// <summary>Whether they are too many.</summary>
    public bool IsRejecting { get; init; }

    /// <summary>Orders open or on their way.</summary>
    public int OpenOrders { get; init; }

    /// <summary>Best bid of the last plan; 0 before any.</summary>
    public decimal BidPrice { get; init; }

    /// <summary>Best ask of the last plan; 0 before any.</summary>
    public decimal AskPrice { get; init; }
}
