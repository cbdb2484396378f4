using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Sections;

/// <summary>What a stress scenario does to one symbol.</summary>
public sealed record ShockSection
{
    /// <summary>The symbol; 2 to 20 upper-case letters or digits, required.</summary>
    [EntryKey, Matches("[A-Z0-9]{2,20}", "2 to 20 upper-case letters or digits")]
    public string Symbol { get; init; } = "";

    /// <summary>Its price change, a fraction; -1 to 10, default 0.</summary>
    [Within(-1, 10)]
    public decimal Shock { get; init; }
}
