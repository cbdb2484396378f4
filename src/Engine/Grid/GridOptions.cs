namespace Granary.Engine.Grid;

/// <summary>How a maker grid trades. The defaults are those of formulas §11.2 where it names them.</summary>
public sealed record GridOptions
{
    /// <summary>Shortest step of a ladder that trades: finer ones cost more in fees than they earn and make thousands of rungs.</summary>
    public const decimal StepRatioMin = 0.0005m;

    /// <summary>Which ladders there are; Long, Short, Dual, default Long.</summary>
    public GridMode Mode { get; init; } = GridMode.Long;

    /// <summary>Bars whose high and low are recent, 90 days of hours by default; 1 to 100,000, default 2,160.</summary>
    public int LookbackBars { get; init; } = 2_160;

    /// <summary>Limit of the long ladder as a share of the recent high; above its boundary's to 10, default 0.95.</summary>
    public decimal LongLimitFraction { get; init; } = 0.95m;

    /// <summary>Boundary of the long ladder as a share of the recent high; 0.1 to 10, default 0.5.</summary>
    public decimal LongBoundaryFraction { get; init; } = 0.50m;

    /// <summary>Limit of the short ladder as a share of the recent low; 0.1 to 10, default 1.05.</summary>
    public decimal ShortLimitFraction { get; init; } = 1.05m;

    /// <summary>Boundary of the short ladder as a share of the recent low; above its limit's to 10, default 2.</summary>
    public decimal ShortBoundaryFraction { get; init; } = 2.00m;

    /// <summary>Distance of neighbouring levels as a share of the lower one; 0.0005 to 0.5, default 0.002.</summary>
    public decimal StepRatio { get; init; } = 0.002m;

    /// <summary>Notional of a rung as a share of the equity; above 0 to 1, default 0.002.</summary>
    public decimal OrderFraction { get; init; } = 0.002m;

    /// <summary>
    /// A rung whose quantity lands below the venue's least is raised to it, if that makes its notional at most this many times what was asked; otherwise
    /// the rung is not traded; 1 to 10, default 2.
    /// </summary>
    public decimal NotionalStretchMax { get; init; } = 2;

    /// <summary>Highest leverage; 1 to 125, default 10.</summary>
    public int LeverageCap { get; init; } = 10;

    /// <summary>Largest share of the equity that all rungs, held and resting, may use as margin; above 0 to 1, default 0.8.</summary>
    public decimal MarginShareMax { get; init; } = 0.8m;

    /// <summary>Real orders at most, the venue's own limit holds as well; 4 to 200, default 40.</summary>
    public int OrdersMax { get; init; } = 40;

    /// <summary>Round trips at similar prices after which the take-profits of trapped rungs rise by a level; 1 to 1,000, default 3.</summary>
    public int RaiseAfterTrips { get; init; } = 3;

    /// <summary>Levels between round trips whose prices are similar; 0 to 100, default 1.</summary>
    public int SimilarLevels { get; init; } = 1;

    /// <summary>Post-only rejects in a row that are a state to be seen; 1 to 1,000, default 20.</summary>
    public int RejectsMax { get; init; } = 20;

    /// <summary>The global stop's distance beyond the boundary as a share of it; above 0 to 0.5, default 0.01.</summary>
    public decimal StopDistance { get; init; } = 0.01m;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it, its value and the range.</exception>
    public void Validate()
    {
        GridCheck.Require(nameof(Mode), Mode, Mode is GridMode.Long or GridMode.Short or GridMode.Dual, "Long, Short or Dual");
        GridCheck.Within(nameof(LookbackBars), LookbackBars, 1, 100_000);
        GridCheck.Within(nameof(LongBoundaryFraction), LongBoundaryFraction, 0.1m, 10);
        GridCheck.Within(nameof(LongLimitFraction), LongLimitFraction, LongBoundaryFraction + 0.001m, 10);
        GridCheck.Within(nameof(ShortLimitFraction), ShortLimitFraction, 0.1m, 10);
        GridCheck.Within(nameof(ShortBoundaryFraction), ShortBoundaryFraction, ShortLimitFraction + 0.001m, 10);
        GridCheck.Within(nameof(StepRatio), StepRatio, StepRatioMin, 0.5m);
        GridCheck.Require(nameof(OrderFraction), OrderFraction, OrderFraction is > 0 and <= 1, "above 0, at most 1");
        GridCheck.Within(nameof(NotionalStretchMax), NotionalStretchMax, 1, 10);
        GridCheck.Within(nameof(LeverageCap), LeverageCap, 1, 125);
        GridCheck.Require(nameof(MarginShareMax), MarginShareMax, MarginShareMax is > 0 and <= 1, "above 0, at most 1");
        GridCheck.Within(nameof(OrdersMax), OrdersMax, 4, 200);
        GridCheck.Within(nameof(RaiseAfterTrips), RaiseAfterTrips, 1, 1_000);
        GridCheck.Within(nameof(SimilarLevels), SimilarLevels, 0, 100);
        GridCheck.Within(nameof(RejectsMax), RejectsMax, 1, 1_000);
        GridCheck.Require(nameof(StopDistance), StopDistance, StopDistance is > 0 and <= 0.5m, "above 0, at most 0.5");
    }
}
