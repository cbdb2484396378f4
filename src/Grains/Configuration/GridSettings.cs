using Granary.Engine.Grid;

namespace Granary.Grains.Configuration;

/// <summary>
/// The maker-only volatility grid of a symbol, on each of its accounts. It has the symbol to itself: what other strategies propose to open there is refused.
/// </summary>
public sealed record GridSettings
{
    /// <summary>Whether the grid trades; true, false, default false.</summary>
    public bool Enabled { get; init; }

    /// <summary>
    /// Largest notional of what is held and resting on a side, quote units; the account's limits may leave less; 5 to 1,000,000,000, default 1,000,000.
    /// </summary>
    public decimal NotionalMax { get; init; } = 1_000_000m;

    /// <summary>
    /// Orders and amendments in a minute, a third of them in ten seconds; they are taken off the account's own rates for entries; 12 to 1,200, default 60.
    /// </summary>
    public int OrdersPerMinuteMax { get; init; } = 60;

    /// <summary>Length of a bar of the lookback, minutes, of a candle that the venue has; 1 to 1,440, default 60.</summary>
    public int BarMinutes { get; init; } = 60;

    /// <summary>
    /// Whether the symbol's positions get a margin of their own, so that the liquidation line is the grid's alone; without, it only lies further away; true,
    /// false, default true.
    /// </summary>
    public bool Isolated { get; init; } = true;

    /// <summary>Levels, sizes, leverage.</summary>
    public GridOptions Ladder { get; init; } = new();

    /// <summary>Checks every value against its range.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        Require(NotionalMax is >= 5 and <= 1_000_000_000, nameof(NotionalMax), NotionalMax, "5 to 1000000000");
        Require(OrdersPerMinuteMax is >= 12 and <= 1_200, nameof(OrdersPerMinuteMax), OrdersPerMinuteMax, "12 to 1200");
        Require(BarMinutes is 1 or 3 or 5 or 15 or 30 or 60 or 120 or 240 or 360 or 480 or 720 or 1_440, nameof(BarMinutes), BarMinutes, "1, 3, 5, 15, 30, 60, 120, 240, 360, 480, 720 or 1440");
        Ladder.Validate();
    }

    private static void Require(bool ok, string name, IFormattable value, string range)
    {
        if (!ok) throw new ArgumentException(FormattableString.Invariant($"{name} was {value}, expected {range}"), name);
    }
}
