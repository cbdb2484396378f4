using Granary.Backtest.Configuration;
using Granary.Backtest.Execution;
using Granary.Backtest.Feeds;
using Granary.Backtest.Parity;
using Granary.Backtest.Strategies;
using Granary.Engine.Decisions;
using Granary.Engine.Features;
using Granary.Engine.Protection;
using Granary.Engine.Risk;

namespace Granary.Backtest;

/// <summary>What is run, and on what terms.</summary>
public sealed record BacktestOptions
{
    /// <summary>Wallet at the start, quote units; above 0 to 10^12, default 100,000.</summary>
    public decimal Cash { get; init; } = 100_000m;

    /// <summary>First event, milliseconds since the Unix epoch, UTC; default from the beginning.</summary>
    public long FromMs { get; init; } = long.MinValue;

    /// <summary>Where trading begins: what comes before only warms up. Default at the first event.</summary>
    public long TradeFromMs { get; init; } = long.MinValue;

    /// <summary>The end, exclusive; default to the end.</summary>
    public long ToMs { get; init; } = long.MaxValue;

    /// <summary>Costs, fills, latency.</summary>
    public ExecutionOptions Execution { get; init; } = new();

    /// <summary>How approved orders are placed; default at market. Only where <see cref="UsesGate"/>.</summary>
    public PlacementTerms Placement { get; init; } = new();

    /// <summary>Stops at the venue; default none. Only where <see cref="UsesGate"/>.</summary>
    public ProtectionTerms Protection { get; init; } = new();

    /// <summary>The account's limits; its fees are those of the execution.</summary>
    public RiskLimits Limits { get; init; } = new();

    /// <summary>The protection whose hard stop sizes and planned stops are made with, that of the strategies; default <see cref="GuardProfiles.Atr"/>.</summary>
    public GuardParameters Guard { get; init; } = GuardProfiles.Atr;

    /// <summary>Minutes that a market's realised volatility looks back on; 2 to 10,080, default 60.</summary>
    public int VolatilityMinutes { get; init; } = MarketMeasures.VolatilityMinutesDefault;

    /// <summary>
    /// Whether orders pass the account's gate, as live; default true. Without it strategies may have any number of orders in flight, as market making needs;
    /// quantities must be given.
    /// </summary>
    public bool UsesGate { get; init; } = true;

    /// <summary>Time between two looks at the account's equity, milliseconds; 1,000 to a day, default a minute.</summary>
    public long SampleMs { get; init; } = 60_000;

    /// <summary>What turns a symbol's trades into bars.</summary>
    public required Func<MarketFeed, PipelineOptions> Pipeline { get; init; }

    /// <summary>Makes the strategies of a symbol, fresh for every run.</summary>
    public required Func<MarketFeed, IReadOnlyList<TradingStrategy>> Strategies { get; init; }

    /// <summary>
    /// Told each line of the order list as it comes about, the lines that <see cref="Results.BacktestResult.OrderHash"/> is made of; null for nobody.
    /// </summary>
    public Action<string>? OnOrderLine { get; init; }

    /// <summary>Takes note of the run's decisions, orders and fills; null for nobody. One run's: give each its own.</summary>
    public OrderRecorder? Recorder { get; init; }

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is missing or outside its range; the message names it.</exception>
    public void Validate()
    {
        if (Cash is <= 0 or > 1_000_000_000_000m)
            throw new ArgumentException(FormattableString.Invariant($"{nameof(Cash)} was {Cash}, expected above 0 to 10^12"), nameof(Cash));
        if (ToMs <= FromMs) throw new ArgumentException($"{nameof(ToMs)} was {ToMs}, expected above {nameof(FromMs)} {FromMs}", nameof(ToMs));
        if (SampleMs is < 1_000 or > 86_400_000) throw new ArgumentException($"{nameof(SampleMs)} was {SampleMs}, expected 1000 to 86400000", nameof(SampleMs));
        if (VolatilityMinutes is < 2 or > 10_080)
            throw new ArgumentException($"{nameof(VolatilityMinutes)} was {VolatilityMinutes}, expected 2 to 10080", nameof(VolatilityMinutes));
        ArgumentNullException.ThrowIfNull(Execution);
        ArgumentNullException.ThrowIfNull(Limits);
        ArgumentNullException.ThrowIfNull(Guard);
        ArgumentNullException.ThrowIfNull(Placement);
        ArgumentNullException.ThrowIfNull(Protection);
        Execution.Validate();
        Limits.Validate();
        Guard.Validate();
        Placement.Validate();
        Protection.Validate();
    }
}
