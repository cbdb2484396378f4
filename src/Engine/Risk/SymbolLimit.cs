namespace Granary.Engine.Risk;

/// <summary>Limits of one symbol that differ from the account's.</summary>
public sealed record SymbolLimit
{
    /// <summary>Upper-case symbol; required.</summary>
    public string Symbol { get; init; } = "";

    /// <summary>Largest position, in-flight entries included, quote units; above 0, required.</summary>
    public decimal PositionNotionalMax { get; init; }
}
