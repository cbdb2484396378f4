namespace Granary.Grains.Interfaces.Execution;

/// <summary>The grid of an account in a symbol, as an operator sees it. Money in quote units.</summary>
/// <param name="Account">Account name.</param>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="State">Trading, Paused (nothing is opened, what is held is closed at its take-profits), Idle (nothing is sent), Stopped (global stop).</param>
/// <param name="Reason">Why it is not trading, or what it complains about; empty when all is well.</param>
/// <param name="Ladders">One, or the long and the short one.</param>
[GenerateSerializer, Immutable, Alias("granary.GridView")]
public sealed record GridView(
    [property: Id(0)] string Account,
    [property: Id(1)] string Symbol,
    [property: Id(2)] string State,
    [property: Id(3)] string Reason,
    [property: Id(4)] IReadOnlyList<GridLadderView> Ladders)
{
    /// <summary>Signed base units held.</summary>
    [Id(5)]
    public decimal Inventory { get; init; }

    /// <summary>Margin of what is held.</summary>
    [Id(6)]
    public decimal MarginUsed { get; init; }

    /// <summary>Its cap.</summary>
    [Id(7)]
    public decimal MarginMax { get; init; }

    /// <summary>What the gate allows on a side, held and resting; 0 while nothing is approved.</summary>
    [Id(8)]
    public decimal NotionalMax { get; init; }

    /// <summary>Leverage in force at the venue; 0 while it is not known.</summary>
    [Id(9)]
    public int Leverage { get; init; }

    /// <summary>Leverage that it is to be set to.</summary>
    [Id(10)]
    public int LeverageTarget { get; init; }

    /// <summary>Profit of closed lots, before fees and funding.</summary>
    [Id(11)]
    public decimal RealizedProfit { get; init; }

    /// <summary>Fees paid.</summary>
    [Id(12)]
    public decimal Fees { get; init; }

    /// <summary>Funding paid; below 0 it was received.</summary>
    [Id(13)]
    public decimal FundingPaid { get; init; }

    /// <summary>Share of the filled notional that made; null before the first fill.</summary>
    [Id(14)]
    public decimal? MakerRatio { get; init; }

    /// <summary>Notional that took although it was to make; 0 as long as the venue keeps post-only.</summary>
    [Id(15)]
    public decimal UnexpectedTakerNotional { get; init; }

    /// <summary>Post-only rejects in a row.</summary>
    [Id(16)]
    public int RejectsInRow { get; init; }

    /// <summary>Whether they are so many that it is a state to be seen.</summary>
    [Id(17)]
    public bool IsRejecting { get; init; }

    /// <summary>Orders open at the venue or on their way.</summary>
    [Id(18)]
    public int OpenOrders { get; init; }

    /// <summary>Best bid and ask that the last plan was made by; 0 before any.</summary>
    [Id(19)]
    public decimal BidPrice { get; init; }

    /// <summary>Best ask that the last plan was made by; 0 before any.</summary>
    [Id(20)]
    public decimal AskPrice { get; init; }
}
