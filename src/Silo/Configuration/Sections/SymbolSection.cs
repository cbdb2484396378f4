using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Sections;

/// <summary>One symbol.</summary>
public sealed record SymbolSection
{
    /// <summary>The symbol; 2 to 20 upper-case letters or digits, required.</summary>
    [EntryKey, Matches("[A-Z0-9]{2,20}", "2 to 20 upper-case letters or digits")]
    public string Symbol { get; init; } = "";

    /// <summary>Volume that closes a bar, base units; above 0 to 10,000,000,000, default that of Engine:VolumeThreshold.</summary>
    [Within(0, 10_000_000_000, IsAbove = true)]
    public decimal? VolumeThreshold { get; init; }

    /// <summary>Strategies that are asked; momentum, default momentum.</summary>
    [OneOf("momentum")]
    public IReadOnlyList<string> Strategies { get; init; } = ["momentum"];

    /// <summary>Accounts that the strategies' proposals go to, by name; names of Accounts, default all of them.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];
}
