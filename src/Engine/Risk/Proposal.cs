using Granary.Engine.Orders;

namespace Granary.Engine.Risk;

/// <summary>What a strategy would like to do. Only the risk gate can turn it into an order.</summary>
/// <param name="Account">Account name.</param>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Strategy">Strategy name, characters of [.A-Za-z0-9:_-].</param>
/// <param name="IntentId">Names the intent, for example momentum/BTCUSDT/123/entry; the same id twice is the same intent.</param>
/// <param name="Kind">Entry or exit.</param>
/// <param name="Side">Side of the order (an exit of a long position sells).</param>
/// <param name="Strength">Signal strength, 0.5 to 1.5 (formulas §3.5); not used by exits.</param>
/// <param name="Atr">ATR of the strategy's bars, quote units per base unit; null when it has none.</param>
/// <param name="ReferencePrice">Price the strategy decided on, quote units; for the record.</param>
/// <param name="MarketTimeMs">Market time of the decision, milliseconds since the Unix epoch, UTC.</param>
/// <param name="BarIndex">Index of the bar that led to it, or -1.</param>
/// <param name="Quantity">Base units; null: the gate sizes an entry and takes the whole position for an exit.</param>
/// <param name="Why">One sentence for the operator.</param>
public sealed record Proposal(
    string Account, string Symbol, string Strategy, string IntentId, ProposalKind Kind, OrderSide Side, double Strength, double? Atr,
    decimal ReferencePrice, long MarketTimeMs, long BarIndex, decimal? Quantity, string Why)
{
    /// <summary>Factor of the market regime and of the signal combination (formulas §3.4, §4.1), 0 or more; default 1.</summary>
    public double RegimeFactor { get; init; } = 1;

    /// <summary>Market or limit; default market.</summary>
    public OrderType OrderType { get; init; } = OrderType.Market;

    /// <summary>Price of a limit order in quote units, a multiple of the tick; ignored for market orders.</summary>
    public decimal? LimitPrice { get; init; }

    /// <summary>Time in force of a limit order; default immediate-or-cancel.</summary>
    public TimeInForce TimeInForce { get; init; } = TimeInForce.Ioc;

    /// <summary>Largest number of <see cref="Signals"/>.</summary>
    public const int SignalsMax = 8;

    /// <summary>
    /// The signals behind the proposal where several ask for one position (formulas §3.4): their sizes are added up to the caps, and <see cref="Strength"/> is
    /// not used. Empty, the default: the strategy alone.
    /// </summary>
    public IReadOnlyList<ProposalSignal> Signals { get; init; } = [];

    /// <summary>Largest leverage of the position by its volatility (see VolatilityLeverage), a multiple of equity; null (default): the account's.</summary>
    public decimal? LeverageCap { get; init; }

    /// <summary>
    /// Expected profit as a fraction of the price (formulas §4.5): it must be a multiple of the fees of getting in and out. Null, the default: not checked.
    /// </summary>
    public double? ExpectedProfit { get; init; }

    /// <summary>
    /// Market time up to which an entry is meant, milliseconds since the Unix epoch, UTC: decided later it is refused. Null, the default: for ever. Exits are
    /// meant as long as the position is there.
    /// </summary>
    public long? GoodTillMs { get; init; }

    /// <summary>Whether the exit will rest and pay the maker fee; default false.</summary>
    public bool IsExitMaker { get; init; }

    /// <summary>Whether the entry is placed so that it only ever rests and pays the maker fee; default false. One that is post-only itself does anyway.</summary>
    public bool IsEntryMaker { get; init; }

    /// <summary>
    /// Whether the exit may be placed with patience, because nothing but the strategy's own judgement asks for it; default false: out at once. Not used by
    /// entries.
    /// </summary>
    public bool IsPatient { get; init; }
}
