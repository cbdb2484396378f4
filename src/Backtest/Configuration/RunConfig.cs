using System.Text.Json;
using System.Text.Json.Serialization;
using Granary.Backtest.Execution;
using Granary.Backtest.Feeds;
using Granary.Backtest.Strategies;
using Granary.Engine.Decisions;
using Granary.Engine.Features;
using Granary.Engine.Protection;
using Granary.Engine.Risk;
using Granary.Engine.Sizing;

namespace Granary.Backtest.Configuration;

/// <summary>Everything about a backtest but the data, as one JSON object; every member has a default.</summary>
public sealed record RunConfig
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Wallet at the start, quote units; default 100,000.</summary>
    public decimal Cash { get; init; } = 100_000m;

    /// <summary>Which strategy; default the engine's three signals.</summary>
    public StrategyKind Strategy { get; init; } = StrategyKind.Signals;

    /// <summary>Volume that closes a bar, base units; null: guessed from the first trades of the symbol.</summary>
    public decimal? VolumeThreshold { get; init; }

    /// <summary>Volumes of symbols that differ.</summary>
    public IReadOnlyDictionary<string, decimal> VolumeThresholds { get; init; } = new Dictionary<string, decimal>();

    /// <summary>The three signals.</summary>
    public DecisionOptions Decision { get; init; } = new();

    /// <summary>Protection of positions.</summary>
    public GuardParameters Guards { get; init; } = new();

    /// <summary>Costs, fills, latency.</summary>
    public ExecutionOptions Execution { get; init; } = new();

    /// <summary>How approved orders are placed; default at market, whole.</summary>
    public PlacementTerms Placement { get; init; } = new();

    /// <summary>Stops at the venue; default none.</summary>
    public ProtectionTerms Protection { get; init; } = new();

    /// <summary>
    /// The account's limits. Default as the shipped live configuration has them: an entry's expected profit must cover its slippage, but no multiple of its fees
    /// (<see cref="RiskLimits.ProfitToFeesMin"/> 0). A file that gives limits gives all of them: what it leaves out is the gate's own default, there 3.
    /// </summary>
    public RiskLimits Limits { get; init; } = new() { ProfitToFeesMin = 0 };

    /// <summary>Largest leverage of the signals' entries by their symbol's volatility.</summary>
    public VolatilityLeverage Leverage { get; init; } = new();

    /// <summary>Minutes that the volatility looks back on; 2 to 10,080, default 60.</summary>
    public int VolatilityMinutes { get; init; } = MarketMeasures.VolatilityMinutesDefault;

    /// <summary>The crossing averages.</summary>
    public CrossOptions Cross { get; init; } = new();

    /// <summary>The market maker.</summary>
    public QuoteOptions Quotes { get; init; } = new();

    /// <summary>Base units that the strategies without a size of their own trade; default 1.</summary>
    public decimal Quantity { get; init; } = 1;

    /// <summary>Seed of the coin; default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Bars of warm-up before trading begins when there is a later part of a tape; see the guide. Default 0.</summary>
    public long WarmUpMs { get; init; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">The file is no such JSON; the message names file, line and member.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RunConfig Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<RunConfig>(File.ReadAllText(path), Json) ?? throw new InvalidDataException($"{path}: expected a JSON object");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} line {e.LineNumber + 1}: {e.Path ?? "the file"}: {e.Message.Split(" Path:")[0]}", e);
        }
    }

    /// <summary>The configuration as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Turns it into what a run takes.</summary>
    /// <exception cref="ArgumentException">The market maker's options are out of range; the message names one.</exception>
    public BacktestOptions ToOptions()
    {
        Quotes.Validate();
        return Options();
    }

    private BacktestOptions Options() => new()
    {
        Cash = Cash,
        UsesGate = Strategy != StrategyKind.Quote,
        Execution = Execution,
        Guard = Guards,
        Placement = Placement,
        Protection = Protection,
        VolatilityMinutes = VolatilityMinutes,
        Limits = Strategy == StrategyKind.Signals ? Limits : Unbound(Limits),
        Pipeline = PipelineOf,
        Strategies = StrategiesOf,
    };

    /// <summary>
    /// Limits that let a fixed quantity pass, for strategies that bring their own and are there to measure costs and rules, not risk.
    /// </summary>
    private static RiskLimits Unbound(RiskLimits limits) => limits with
    {
        PositionEquityShareMax = 100,
        DirectionEquityShareMax = 100,
        PositionNotionalMax = 1_000_000_000_000m,
        NotionalMaxPerOrder = 1_000_000_000_000m,
        GrossNotionalEquityMax = 125,
        GrossNotionalMax = 1_000_000_000_000m,
        NetNotionalMax = 1_000_000_000_000m,
        LeverageMax = 125,
        SymbolLeverageMax = 125,
        MarginLeverage = 20,
        LiquidationDistanceMin = 0,
        DailyLossMax = 1,
        DailyTotalLossMax = 1,
        DrawdownReduceAbove = 1,
        DrawdownRestoreAt = 1,
        DrawdownStopAbove = 1,
        LossStreakHalfAt = int.MaxValue,
        LossStreakPauseAt = int.MaxValue,
        EntryOrdersPer10sMax = 10_000,
        OrdersPer10sMax = 10_000,
        EntryOrdersPerMinuteMax = 10_000,
        OrdersPerMinuteMax = 10_000,
        CancelFillRatioMax = 100_000,
        TradeIntensityShareMin = 0,
        KillSwitchTriggers = [],
    };

    private PipelineOptions PipelineOf(MarketFeed feed) => new()
    {
        VolumeThreshold = VolumeThresholds.TryGetValue(feed.Symbol, out var own) ? own : VolumeThreshold ?? feed.GuessThreshold(),
    };

    private IReadOnlyList<TradingStrategy> StrategiesOf(MarketFeed feed) => Strategy switch
    {
        StrategyKind.Signals => [new SignalStrategy(Decision, Guards, Leverage)],
        StrategyKind.Cross => [new AverageCross(Cross.Fast, Cross.Slow, Quantity)],
        StrategyKind.Hold => [new BuyAndHold(Quantity)],
        StrategyKind.Coin => [new CoinFlip(Seed, Quantity)],
        StrategyKind.Quote when feed is not BookFeed => throw new ArgumentException($"the strategy Quote needs a recorded book of {feed.Symbol}"),
        StrategyKind.Quote => [new QuoteMaker(Quantity, Quotes.Ticks, Quotes.PositionMax, Quotes.EveryMs)],
        _ => throw new ArgumentException($"Strategy was {(int)Strategy}, expected Signals, Cross, Hold, Coin or Quote"),
    };
}
