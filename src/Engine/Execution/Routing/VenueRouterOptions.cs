using Granary.Engine.Execution.Slicing;

namespace Granary.Engine.Execution.Routing;

/// <summary>How orders are spread over venues.</summary>
public sealed record VenueRouterOptions
{
    /// <summary>Venues at most, 1 to 64. Default 8.</summary>
    public int VenuesMax { get; init; } = 8;

    /// <summary>Whether an order that takes may go to several venues. Default true.</summary>
    public bool CanSplit { get; init; } = true;

    /// <summary>A split must be cheaper than the best single venue by this, basis points, 0 to 100; more orders are more that can go wrong. Default
    /// 0.5.</summary>
    public double SplitGainBpsMin { get; init; } = 0.5;

    /// <summary>A venue with an older book is left out, milliseconds, 1 or more. Default 2,000.</summary>
    public int BookAgeMsMax { get; init; } = 2_000;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it, its value and the range.</exception>
    public void Validate()
    {
        ExecutionCheck.Within(nameof(VenuesMax), VenuesMax, 1, 64);
        ExecutionCheck.Within(nameof(SplitGainBpsMin), SplitGainBpsMin, 0, 100);
        ExecutionCheck.Within(nameof(BookAgeMsMax), BookAgeMsMax, 1, int.MaxValue);
    }
}
