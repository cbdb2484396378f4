namespace Granary.Backtest.Configuration;

/// <summary>Lengths of the crossing averages, candles.</summary>
public sealed record CrossOptions
{
    /// <summary>The fast one; 1 or more, default 10.</summary>
    public int Fast { get; init; } = 10;

    /// <summary>The slow one; above the fast, to 10,000, default 30.</summary>
    public int Slow { get; init; } = 30;
}
