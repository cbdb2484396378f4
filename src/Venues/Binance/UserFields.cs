namespace Granary.Venues.Binance;

/// <summary>
/// What user events are known to carry beyond what is read of them: fields that are left out on purpose, and the words of the venue's lists. What is in
/// neither is counted.
/// </summary>
internal static class UserFields
{
    /// <summary>An order's event.</summary>
    public static readonly int[] Order = Keys("e E T o");

    /// <summary>
    /// Of its order, left out: stop price, bids and asks notional, working type, original type, position side, activation price, callback rate, price
    /// protection, numbers without meaning, self-trade prevention, price match, expiry time, expiry reason, time on the book, whether it closes all.
    /// </summary>
    public static readonly int[] OrderInner = Keys("sp b a wt ot ps AP cr pP si ss V pm gtd er W cp");

    /// <summary>An account's event.</summary>
    public static readonly int[] Account = Keys("e E T a");

    /// <summary>Beside reason, balances and positions there is nothing.</summary>
    public static readonly int[] AccountInner = [];

    /// <summary>Of a balance, left out: the cross wallet.</summary>
    public static readonly int[] Balance = Keys("cw");

    /// <summary>Of a position, left out: break-even price, accumulated realized profit, margin type, isolated wallet.</summary>
    public static readonly int[] Position = Keys("bep cr mt iw");

    /// <summary>A trigger order's event.</summary>
    public static readonly int[] Trigger = Keys("e E T o");

    /// <summary>
    /// Of its order, left out: algo type, position side, time in force, average price and executed quantity (the order's own event has them), actual type,
    /// price, self-trade prevention, working type, price match, price protection, trigger time, expiry time.
    /// </summary>
    public static readonly int[] TriggerInner = Keys("at ps f ap aq act p V wt pm pP tt gtd");

    /// <summary>A fill told early and in part; all of it is left out.</summary>
    public static readonly int[] TradeLite = Keys("e E T s q p m c S L l t i");

    /// <summary>Whether an order's type is one of the venue's list; true for none.</summary>
    public static bool IsType(string word) => word is "" or "LIMIT" or "MARKET" or "STOP" or "STOP_MARKET" or "TAKE_PROFIT" or "TAKE_PROFIT_MARKET"
        or "TRAILING_STOP_MARKET" or "LIQUIDATION";

    /// <summary>Whether a time in force is one of the venue's list; true for none.</summary>
    public static bool IsTimeInForce(string word) => word is "" or "GTC" or "IOC" or "FOK" or "GTX" or "GTD" or "GTE_GTC" or "RPI";

    /// <summary>Whether an execution type is one of the venue's list; true for none.</summary>
    public static bool IsExecution(string word) => word is "" or "NEW" or "CANCELED" or "CALCULATED" or "EXPIRED" or "TRADE" or "AMENDMENT" or "REJECTED";

    /// <summary>Whether the reason of a change is one of the venue's list; true for none.</summary>
    public static bool IsReason(string word) => word is "" or "ORDER" or "FUNDING_FEE" or "DEPOSIT" or "WITHDRAW" or "WITHDRAW_REJECT" or "ADJUSTMENT"
        or "INSURANCE_CLEAR" or "ADMIN_DEPOSIT" or "ADMIN_WITHDRAW" or "MARGIN_TRANSFER" or "MARGIN_TYPE_CHANGE" or "ASSET_TRANSFER"
        or "OPTIONS_PREMIUM_FEE" or "OPTIONS_SETTLE_PROFIT" or "AUTO_EXCHANGE" or "COIN_SWAP_DEPOSIT" or "COIN_SWAP_WITHDRAW";

    private static int[] Keys(string names) => [.. names.Split(' ').Select(static name => name.Reverse().Aggregate(0, static (key, c) => (key << 8) | c))];
}
