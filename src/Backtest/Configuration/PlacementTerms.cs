using Granary.Engine.Execution.Placement;

namespace Granary.Backtest.Configuration;

/// <summary>
/// How approved orders are placed, by purpose and strategy: the live engine's section of that name, but for slices. Orders that a strategy gave a limit
/// price of its own leave as they are. Default: at market, whole.
/// </summary>
public sealed record PlacementTerms
{
    /// <summary>Most orders and amendments in one symbol and second; 1 to 1,000, default 5. Cancels and what only reduces never wait for it.</summary>
    public int OrdersPerSecondMax { get; init; } = 5;

    /// <summary>How entries are placed.</summary>
    public PlacementPolicy Entry { get; init; } = new();

    /// <summary>How exits that nothing but the strategy's own judgement asks for are placed.</summary>
    public PlacementPolicy Exit { get; init; } = new();

    /// <summary>How exits because of a stop, an extreme regime or a limit are placed.</summary>
    public PlacementPolicy ForcedExit { get; init; } = new();

    /// <summary>Strategies whose entries are placed otherwise; default none.</summary>
    public IReadOnlyList<StrategyPolicy> EntryByStrategy { get; init; } = [];

    /// <summary>Strategies whose exits are placed otherwise, forced ones excepted; default none.</summary>
    public IReadOnlyList<StrategyPolicy> ExitByStrategy { get; init; } = [];

    /// <summary>Whether any order is placed otherwise than at market.</summary>
    internal bool IsNeeded => Policies.Any(policy => policy.Style != PlacementStyle.Taker);

    private IEnumerable<PlacementPolicy> Policies =>
        [Entry, Exit, ForcedExit, .. EntryByStrategy.Concat(ExitByStrategy).Select(strategy => strategy.Policy)];

    /// <summary>The policy of an order.</summary>
    /// <param name="strategy">Who asked for it.</param>
    /// <param name="purpose">What it is for.</param>
    public PlacementPolicy Of(string strategy, PlacementPurpose purpose) => purpose switch
    {
        PlacementPurpose.Entry => EntryByStrategy.FirstOrDefault(s => s.Strategy == strategy)?.Policy ?? Entry,
        PlacementPurpose.Exit => ExitByStrategy.FirstOrDefault(s => s.Strategy == strategy)?.Policy ?? Exit,
        _ => ForcedExit,
    };

    /// <summary>Checks every value against its range.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        if (OrdersPerSecondMax is < 1 or > 1_000)
            throw new ArgumentException($"{nameof(OrdersPerSecondMax)} was {OrdersPerSecondMax}, expected 1 to 1000", nameof(OrdersPerSecondMax));
        foreach (var policy in Policies) policy.Validate();
    }
}
