using Granary.Engine.Book;
using Granary.Engine.Execution.Slippage;

namespace Granary.Grains.Interfaces.Symbols;

/// <summary>What slippage is expected by at a proposal: the book's best levels, and what impact is computed from. Nobody writes to it.</summary>
[GenerateSerializer, Immutable, Alias("granary.DepthState")]
public sealed class DepthState
{
    /// <summary>Creates a state.</summary>
    public DepthState(BookLevel[] bids, BookLevel[] asks, double? dayVolatility, double? dayVolume)
    {
        Bids = bids;
        Asks = asks;
        DayVolatility = dayVolatility;
        DayVolume = dayVolume;
    }

    /// <summary>Best first; empty when there is no book that can be trusted.</summary>
    [Id(0)]
    public BookLevel[] Bids { get; }

    /// <summary>Best first; empty when there is no book that can be trusted.</summary>
    [Id(1)]
    public BookLevel[] Asks { get; }

    /// <summary>Standard deviation of the day's return, a fraction; null when not known.</summary>
    [Id(2)]
    public double? DayVolatility { get; }

    /// <summary>Expected volume of a day, base units; null when not known.</summary>
    [Id(3)]
    public double? DayVolume { get; }

    /// <summary>The same as the kernels take it.</summary>
    public MarketDepth ToDepth() => new(
        Bids, Asks, DayVolatility is { } volatility && DayVolume is { } volume ? new ImpactInputs(volatility, volume) : null);
}
