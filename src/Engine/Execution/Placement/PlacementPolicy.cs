namespace Granary.Engine.Execution.Placement;

/// <summary>How orders of one purpose are placed (formulas §4.5: near the best bid or ask, by the last trade where there is no book).</summary>
public sealed record PlacementPolicy
{
    /// <summary>Most ticks that a distance may be.</summary>
    public const int TicksMax = 10_000;

    /// <summary>How an order begins: one market order, a limit order that may take, or one that never does; Taker, LimitFirst, PostOnly, default Taker.</summary>
    public PlacementStyle Style { get; init; }

    /// <summary>Ticks behind the best price of the order's own side; 0 to 10,000, default 0.</summary>
    public int DistanceTicks { get; init; }

    /// <summary>The order follows the market once it is this many ticks behind where it would be placed now; 1 to 10,000, default 2.</summary>
    public int RepriceTicks { get; init; } = 2;

    /// <summary>Shortest time between two prices of an order, and between a refused one and the next, milliseconds; 100 to 600,000, default 1,000.</summary>
    public int RepriceMs { get; init; } = 1_000;

    /// <summary>Furthest that a limit price may be beyond the decision's price, a share of it; above 0 to 0.1, default 0.001.</summary>
    public decimal BoundShare { get; init; } = 0.001m;

    /// <summary>Time until the rest is crossed or given up, milliseconds; 100 to 86,400,000, default 10,000.</summary>
    public int TimeoutMs { get; init; } = 10_000;

    /// <summary>What becomes of the rest then: it takes, or it is given up; Cross, Cancel, default Cross.</summary>
    public PlacementTimeout AtTimeout { get; init; }

    /// <summary>Post-only refusals in a row from which on an order counts as stuck, which is shown and recorded; 1 to 1,000, default 5.</summary>
    public int RejectsMax { get; init; } = 5;

    /// <summary>
    /// Largest slippage that an order of style Taker may be expected to have before it begins as LimitFirst, forced exits excepted, a share of the price; 0 to 1,
    /// default 0.005.
    /// </summary>
    public decimal TakeSlippageMax { get; init; } = 0.005m;

    /// <summary>Whether an order so placed only ever rests, and pays the maker fee.</summary>
    public bool IsMaker => Style == PlacementStyle.PostOnly && AtTimeout == PlacementTimeout.Cancel;

    /// <summary>The policy for an order whose taking is expected to cost this: it rests first where that is too much.</summary>
    /// <param name="slippage">A share of the price; null when nothing is known, and then the policy stays.</param>
    public PlacementPolicy For(decimal? slippage) =>
        Style == PlacementStyle.Taker && slippage > TakeSlippageMax ? this with { Style = PlacementStyle.LimitFirst } : this;

    /// <summary>Checks every value against its range.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        Require(Enum.IsDefined(Style), nameof(Style), Style, "Taker, LimitFirst or PostOnly");
        Require(DistanceTicks is >= 0 and <= TicksMax, nameof(DistanceTicks), DistanceTicks, "0 to 10000");
        Require(RepriceTicks is >= 1 and <= TicksMax, nameof(RepriceTicks), RepriceTicks, "1 to 10000");
        Require(RepriceMs is >= 100 and <= 600_000, nameof(RepriceMs), RepriceMs, "100 to 600000");
        Require(BoundShare is > 0 and <= 0.1m, nameof(BoundShare), BoundShare, "above 0 to 0.1");
        Require(TimeoutMs is >= 100 and <= 86_400_000, nameof(TimeoutMs), TimeoutMs, "100 to 86400000");
        Require(Enum.IsDefined(AtTimeout), nameof(AtTimeout), AtTimeout, "Cross or Cancel");
        Require(TakeSlippageMax is >= 0 and <= 1, nameof(TakeSlippageMax), TakeSlippageMax, "0 to 1");
        Require(RejectsMax is >= 1 and <= 1_000, nameof(RejectsMax), RejectsMax, "1 to 1000");
    }

    private static void Require(bool ok, string name, IFormattable value, string range)
    {
        if (!ok) throw new ArgumentException(FormattableString.Invariant($"{name} was {value}, expected {range}"), name);
    }
}
