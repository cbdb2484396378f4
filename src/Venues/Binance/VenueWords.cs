using System.Collections.Frozen;

namespace Granary.Venues.Binance;

/// <summary>The venue's lists of words, as they stand in events and answers alike. A word that is not on its list is counted, and never guessed at.</summary>
internal static class VenueWords
{
    private static readonly FrozenDictionary<string, FrozenSet<string>> _lists = new Dictionary<string, string>
    {
        [nameof(Side)] = "BUY SELL",
        [nameof(OrderType)] = "LIMIT MARKET STOP STOP_MARKET TAKE_PROFIT TAKE_PROFIT_MARKET TRAILING_STOP_MARKET LIQUIDATION",
        [nameof(OrderStatus)] = "NEW PARTIALLY_FILLED FILLED CANCELED EXPIRED EXPIRED_IN_MATCH REJECTED NEW_ADL NEW_INSURANCE",
        [nameof(TriggerStatus)] = "NEW TRIGGERING TRIGGERED FINISHED CANCELED EXPIRED REJECTED",
        [nameof(TimeInForce)] = "GTC IOC FOK GTX GTD GTE_GTC RPI",
        [nameof(Execution)] = "NEW CANCELED CALCULATED EXPIRED TRADE AMENDMENT REJECTED",
        [nameof(PositionSide)] = "BOTH LONG SHORT",
        [nameof(Reason)] = "ORDER FUNDING_FEE DEPOSIT WITHDRAW WITHDRAW_REJECT ADJUSTMENT INSURANCE_CLEAR ADMIN_DEPOSIT ADMIN_WITHDRAW MARGIN_TRANSFER "
            + "MARGIN_TYPE_CHANGE ASSET_TRANSFER OPTIONS_PREMIUM_FEE OPTIONS_SETTLE_PROFIT AUTO_EXCHANGE COIN_SWAP_DEPOSIT COIN_SWAP_WITHDRAW",
        ["WorkingType"] = "CONTRACT_PRICE MARK_PRICE",
        ["PriceMatch"] = "NONE OPPONENT OPPONENT_5 OPPONENT_10 OPPONENT_20 QUEUE QUEUE_5 QUEUE_10 QUEUE_20",
        ["SelfTrade"] = "NONE EXPIRE_TAKER EXPIRE_MAKER EXPIRE_BOTH",
        ["AlgoType"] = "CONDITIONAL VP TWAP",
        ["MarginType"] = "CROSSED ISOLATED cross isolated",
        ["ContractStatus"] = "PENDING_TRADING TRADING PRE_DELIVERING DELIVERING DELIVERED PRE_SETTLE SETTLING CLOSE",
        ["ContractType"] = "PERPETUAL TRADIFI_PERPETUAL CURRENT_MONTH NEXT_MONTH CURRENT_QUARTER NEXT_QUARTER PERPETUAL_DELIVERING",
        ["Filter"] = "PRICE_FILTER LOT_SIZE MARKET_LOT_SIZE MAX_NUM_ORDERS MAX_NUM_ALGO_ORDERS MIN_NOTIONAL PERCENT_PRICE POSITION_RISK_CONTROL",
        ["RateLimit"] = "REQUEST_WEIGHT ORDERS RAW_REQUESTS",
        ["Interval"] = "SECOND MINUTE HOUR DAY",
        ["Income"] = "TRANSFER WELCOME_BONUS REALIZED_PNL FUNDING_FEE COMMISSION INSURANCE_CLEAR REFERRAL_KICKBACK COMMISSION_REBATE API_REBATE "
            + "CONTEST_REWARD CROSS_COLLATERAL_TRANSFER OPTIONS_PREMIUM_FEE OPTIONS_SETTLE_PROFIT INTERNAL_TRANSFER AUTO_EXCHANGE DELIVERED_SETTELMENT "
            + "COIN_SWAP_DEPOSIT COIN_SWAP_WITHDRAW POSITION_LIMIT_INCREASE_FEE STRATEGY_UMFUTURES_TRANSFER FEE_RETURN BFUSD_REWARD",
    }.ToFrozenDictionary(static pair => pair.Key, static pair => pair.Value.Split(' ').ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>Sides of orders and trades.</summary>
    public static FrozenSet<string> Side { get; } = Of(nameof(Side));

    /// <summary>Types of orders.</summary>
    public static FrozenSet<string> OrderType { get; } = Of(nameof(OrderType));

    /// <summary>States of orders.</summary>
    public static FrozenSet<string> OrderStatus { get; } = Of(nameof(OrderStatus));

    /// <summary>States of trigger orders.</summary>
    public static FrozenSet<string> TriggerStatus { get; } = Of(nameof(TriggerStatus));

    /// <summary>How long orders stand.</summary>
    public static FrozenSet<string> TimeInForce { get; } = Of(nameof(TimeInForce));

    /// <summary>What happened to an order.</summary>
    public static FrozenSet<string> Execution { get; } = Of(nameof(Execution));

    /// <summary>Sides of positions.</summary>
    public static FrozenSet<string> PositionSide { get; } = Of(nameof(PositionSide));

    /// <summary>What changed an account.</summary>
    public static FrozenSet<string> Reason { get; } = Of(nameof(Reason));

    /// <summary>A list by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such list.</exception>
    public static FrozenSet<string> Of(string list) => _lists[list];
}
