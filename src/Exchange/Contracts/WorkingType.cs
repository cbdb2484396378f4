namespace Granary.Exchange.Contracts;

/// <summary>Which price a conditional order watches.</summary>
public enum WorkingType
{
    /// <summary>The last trade's.</summary>
    ContractPrice,

    /// <summary>The mark.</summary>
    MarkPrice,
}
