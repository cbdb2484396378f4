namespace Granary.Client.Api;

/// <summary>One side of a grid; prices in quote units.</summary>
public sealed record GridLadderBody
{
    /// <summary>Long or Short.</summary>
    public string Side { get; init; } = "";

    /// <summary>The edge next to the recent extreme.</summary>
    public decimal Limit { get; init; }

    /// <summary>The far edge.</summary>
    public decimal Boundary { get; init; }

    /// <summary>The global stop.</summary>
    public decimal StopPrice { get; init; }

    /// <summary>Base units.</summary>
    public decimal Held { get; init; }

    /// <summary>Null when nothing is held.</summary>
    public decimal? AverageEntry { get; init; }

    /// <summary>Null when nothing is held, or nowhere.</summary>
    public decimal? LiquidationPrice { get; init; }

    /// <summary>Round trips.</summary>
    public long Trips { get; init; }

    /// <summary>Rungs closed at market because every level was taken.</summary>
    public long Saturations { get; init; }

    /// <summary>Whether rungs wait for margin.</summary>
    public bool IsCashShort { get; init; }

    /// <summary>Whether the global stop holds.</summary>
    public bool IsStopped { get; init; }

    /// <summary>Whether the levels would move, but something would be stranded.</summary>
    public bool IsMoveWaiting { get; init; }

    /// <summary>Those that hold, rest or are wanted, from the highest price down.</summary>
    public IReadOnlyList<GridRungBody> Rungs { get; init; } = [];

    /// <summary>All rungs.</summary>
    public int RungCount { get; init; }
}
