using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Sections;

/// <summary>A stress scenario.</summary>
public sealed record ScenarioSection
{
    /// <summary>What operators call it; 1 to 40 printable characters, required.</summary>
    [EntryKey, Matches("[^\\p{C}]{1,40}", "1 to 40 printable characters")]
    public string Name { get; init; } = "";

    /// <summary>Price change of the symbols without one of their own, a fraction; -1 to 10, default 0.</summary>
    [Within(-1, 10)]
    public decimal Shock { get; init; }

    /// <summary>Price changes of single symbols; 0 to 200 entries, default none.</summary>
    [Entries(0, 200)]
    public IReadOnlyList<ShockSection> Symbols { get; init; } = [];
}
