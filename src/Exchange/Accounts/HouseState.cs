namespace Granary.Exchange.Accounts;

/// <summary>The exchange's own money: whatever an account pays or receives, one of these receives or pays.</summary>
internal sealed class HouseState
{
    /// <summary>The insurance fund at the very first start.</summary>
    public decimal InsuranceInitial { get; set; }

    public decimal Insurance { get; set; }

    public decimal Fees { get; set; }

    public decimal FundingPool { get; set; }

    /// <summary>Cash of the other side of every fill.</summary>
    public decimal Clearing { get; set; }
}
