namespace Granary.Engine.Risk;

/// <summary>Symbols that move together: what is held of them on one side counts as one position.</summary>
public sealed record CorrelationGroup
{
    /// <summary>Name in messages; not empty, required.</summary>
    public string Name { get; init; } = "";

    /// <summary>Upper-case symbols, each once, of other groups too; 1 to 1,024 entries, required.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>Largest share of equity on one side of the group, in-flight entries included; above 0 to 100, required.</summary>
    public decimal EquityShareMax { get; init; }

    internal bool Contains(string symbol)
    {
        for (var i = 0; i < Symbols.Count; i++)
        {
            if (Symbols[i] == symbol) return true;
        }
        return false;
    }
}
