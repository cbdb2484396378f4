using Granary.Engine.Risk;
using static Granary.Engine.Risk.RefusalReason;

namespace Granary.Engine.Tests.Risk;

/// <summary>What is checked of whom, in the order of judging, and what the answer is: the second table of docs/reference/refusal-reasons.md.</summary>
internal static class RiskCheckTable
{
    public static IReadOnlyList<(string Check, string Kinds, RefusalReason[] Reasons)> Rows { get; } =
    [
        ("the proposal is of this account", "E X", [AccountMismatch]),
        ("the symbol is known, with its venue rules", "E X T", [UnknownSymbol]),
        ("the client order id is one that the venue takes", "E X", [NameInvalid]),
        ("the signals behind the proposal are named and not too many", "E X", [SignalsInvalid]),
        ("the venue trades the symbol", "E X", [SymbolNotTrading]),
        ("the intent is new", "E X", [DuplicateIntent]),
        ("the proposal is still meant", "E", [ProposalExpired]),
        ("trading state: halted, reduce-only, reconciling with the venue (also while the user stream catches up)", "E",
            [StateHalted, StateReduceOnly, StateRecovering]),
        ("there is a price, and it is fresh", "E", [NoPrice, StaleData]),
        ("our clock is the venue's", "E", [ClockSkew]),
        ("maintenance of the venue, and configured windows", "E", [Maintenance]),
        ("spread, and quotes that are not crossed", "E", [SpreadTooWide]),
        ("thin market", "E", [ThinMarket]),
        ("order flow of the related market", "E", [CrossMarketDisagrees]),
        ("realised loss of the day, fall of equity in the day, drawdown from the peak, losing streak", "E",
            [DailyLoss, DailyTotalLoss, DrawdownStop, LossStreakPause]),
        ("the venue's order rates (an exit: last of all)", "E X", [VenueOrderRate]),
        ("the account's own order rates, which leave exits a reserve", "E", [OrderRate]),
        ("cancel to fill ratio", "E", [CancelFillRatio]),
        ("no own order in the symbol is in flight or of unknown outcome; exits in flight leave something to close", "E X", [OrderInFlight]),
        ("the symbol has room for an entry on this side", "E", [PositionAlreadyOpen]),
        ("reduce-only: there is a position, and the order makes it smaller", "X T", [ReduceOnlyNoPosition, ReduceOnlyWouldIncrease]),
        ("equity is known and above zero", "E", [EquityUnknown]),
        ("a size can be made: ATR or stop share, factors, caps, step, smallest notional", "E",
            [NoAtr, SizeZero, PositionLimit, DirectionLimit, QuantityBelowMin, NotionalBelowMin]),
        ("side, order type and time in force go together at the venue", "E X", [OrderTypeUnsupported]),
        ("quantity: sign, smallest, largest, lot step, precision", "E X T", [QuantityBelowMin, QuantityAboveMax, QuantityStep, QuantityPrecision]),
        ("price: sign, range, tick, precision, band around the mark price", "E X", [PriceRange, PriceTick, PricePrecision]),
        ("trigger price: range, tick, precision, side of the market", "T", [TriggerPrice, TriggerWouldFire]),
        ("post-only does not take", "E X", [PostOnlyWouldCross]),
        ("the venue's smallest notional", "E", [NotionalBelowMin]),
        ("largest notional of one order", "E", [NotionalAboveMax]),
        ("distance from the mark price (exits: limit orders)", "E X", [DistanceFromMark]),
        ("no trade with oneself (exits: limit orders)", "E X", [SelfTrade]),
        ("position: share of equity, notional, leverage by symbol and volatility", "E", [PositionLimit, PositionNotionalLimit, SymbolLeverageLimit]),
        ("one side: share of equity, number of symbols, correlated symbols", "E", [DirectionLimit, ConcentrationLimit, CorrelationLimit]),
        ("account: gross by equity and absolute, net, leverage after the order", "E",
            [GrossNotionalLimit, GrossNotionalAboveMax, NetNotionalLimit, LeverageLimit]),
        ("balance: initial margin and fee, on top of what is open; distance from liquidation", "E", [MarginInsufficient, LiquidationDistance]),
        ("open orders of the account; of the symbol at the venue", "E X", [OpenOrdersLimit]),
        ("expected profit over fees", "E", [ProfitBelowFees]),
    ];
}
