namespace Granary.Venues.Binance;

/// <summary>
/// What user events are known to carry beyond what is read of them: fields that are left out on purpose. What is not here is counted.
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

    private static int[] Keys(string names) => [.. names.Split(' ').Select(static name => name.Reverse().Aggregate(0, static (key, c) => (key << 8) | c))];
}
