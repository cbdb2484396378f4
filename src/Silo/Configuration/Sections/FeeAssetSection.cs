using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Sections;

/// <summary>The price of an asset that fees are paid in.</summary>
public sealed record FeeAssetSection
{
    /// <summary>Name of the asset; 1 to 20 upper-case letters or digits, required.</summary>
    [EntryKey, Matches("[A-Z0-9]{1,20}", "1 to 20 upper-case letters or digits")]
    public string Asset { get; init; } = "";

    /// <summary>Quote units of one; 0.00000001 to 1,000,000,000, default 1.</summary>
    [Within(0.00000001, 1_000_000_000)]
    public decimal Price { get; init; } = 1;
}
