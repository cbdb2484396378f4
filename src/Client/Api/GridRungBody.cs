namespace Granary.Client.Api;

/// <summary>A rung.</summary>
public sealed record GridRungBody
{
    /// <summary>0 at the boundary.</summary>
    public int Rung { get; init; }

    /// <summary>Where it is in its round trip.</summary>
    public string State { get; init; } = "";

    /// <summary>Its level.</summary>
    public decimal Price { get; init; }

    /// <summary>The level that closes it; null while nothing is held.</summary>
    public decimal? TakeProfit { get; init; }

    /// <summary>Base units of its entry.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Base units held.</summary>
    public decimal Held { get; init; }

    /// <summary>Null while nothing is held.</summary>
    public decimal? EntryPrice { get; init; }

    /// <summary>Post-only rejects in a row.</summary>
    public int Rejects { get; init; }
}
