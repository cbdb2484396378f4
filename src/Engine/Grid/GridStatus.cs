namespace Granary.Engine.Grid;

/// <summary>A grid as a whole, as it is shown. Amounts in quote units, quantities in base units.</summary>
public sealed record GridStatus
{
    /// <summary>Signed sum of what all rungs hold.</summary>
    public required decimal Inventory { get; init; }

    /// <summary>Margin of everything held, at the leverage in force.</summary>
    public required decimal MarginUsed { get; init; }

    /// <summary>Largest margin of everything held and resting.</summary>
    public required decimal MarginMax { get; init; }

    /// <summary>Leverage in force at the venue; 0 while it is not known.</summary>
    public required int Leverage { get; init; }

    /// <summary>Leverage that the venue should be set to.</summary>
    public required int LeverageTarget { get; init; }

    /// <summary>Profit of what was closed, before fees and funding.</summary>
    public required decimal RealizedProfit { get; init; }

    /// <summary>Fees paid; negative when rebates were more.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Funding paid; negative when it was received.</summary>
    public required decimal FundingPaid { get; init; }

    /// <summary>Share of the filled notional that made; null before the first fill.</summary>
    public required decimal? MakerRatio { get; init; }

    /// <summary>Notional that took although it was neither saturation nor the global stop; anything but 0 is a fault of the venue or of who sends the
    /// orders.</summary>
    public required decimal UnexpectedTakerNotional { get; init; }

    /// <summary>Base units that were filled by orders no rung knows; to be reconciled by hand when not 0.</summary>
    public required decimal Unattributed { get; init; }

    /// <summary>Post-only rejects since an order last rested.</summary>
    public required int RejectsInRow { get; init; }

    /// <summary>Whether so many were rejected in a row that somebody should look.</summary>
    public required bool IsRejecting { get; init; }
}
