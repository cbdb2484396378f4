using System.Text.Json;
using Granary.Engine.Margin;
using Granary.Venues.Ports;

namespace Granary.Venues.Binance;

/// <summary>
/// Reads answers about an account's settings and history. Every member throws <see cref="FormatException"/> for an answer that is not what was asked for.
/// </summary>
internal static class SettingsDecoder
{
    /// <summary>GET accountConfig.</summary>
    public static AccountModes Account(JsonElement root) => new AccountModes(
        (int)Math.Clamp(root.IntegerOrZero("feeTier"), 0, int.MaxValue), root.Flag("canTrade"), root.Flag("dualSidePosition"), root.Flag("multiAssetsMargin"));

    /// <summary>GET symbolConfig.</summary>
    public static IReadOnlyList<SymbolSettings> Symbols(JsonElement root) => root.Each(static item => new SymbolSettings(
        item.Text("symbol"), (int)Math.Clamp(item.Integer("leverage"), 1, int.MaxValue),
        item.Text("marginType") switch { "ISOLATED" or "isolated" => true, "CROSSED" or "cross" => false, _ => null }, item.NumberOrZero("maxNotionalValue")));

    /// <summary>GET leverageBracket: the usable ladders, and those left out with the reason.</summary>
    public static (List<LeverageBrackets> Brackets, List<string> LeftOut) Brackets(JsonElement root)
    {
        var (brackets, leftOut) = (new List<LeverageBrackets>(), new List<string>());
        foreach (var (symbol, steps) in root.Each(static item => (item.Text("symbol"), Steps(item))))
        {
            try
            {
                brackets.Add(new LeverageBrackets(symbol, steps));
            }
            catch (ArgumentException e)
            {
                leftOut.Add($"{symbol}: {e.Message}");
            }
        }
        return (brackets, leftOut);
    }

    /// <summary>POST leverage: the largest notional.</summary>
    public static decimal NotionalMax(JsonElement root) => root.Number("maxNotionalValue");

    /// <summary>GET positionSide/dual.</summary>
    public static bool HedgeMode(JsonElement root) => Required(root, "dualSidePosition");

    /// <summary>GET multiAssetsMargin.</summary>
    public static bool MultiAssets(JsonElement root) => Required(root, "multiAssetsMargin");

    /// <summary>Answers that say no more than that it was done.</summary>
    public static bool Done(JsonElement root) =>
        root.Integer("code") == 200 ? true : throw new FormatException("field code is not 200");

    /// <summary>GET account.</summary>
    public static AccountSummary Summary(JsonElement root) => new AccountSummary(
        root.Number("totalWalletBalance"), root.Number("totalUnrealizedProfit"), root.Number("totalMarginBalance"), root.Number("totalInitialMargin"),
        root.Number("totalMaintMargin"), root.Number("availableBalance"));

    /// <summary>GET income, sorted by time.</summary>
    public static IReadOnlyList<IncomeRecord> Income(JsonElement root)
    {
        var income = root.Each(static item => new IncomeRecord(
            item.IntegerOrZero("tranId"), item.Text("incomeType"), item.TextOrEmpty("symbol"), item.Number("income"), item.TextOrEmpty("asset"),
            item.Integer("time"), item.IntegerOrZero("tradeId")));
        // Stable: several of one moment stay as the venue ordered them.
        return [.. income.OrderBy(static item => item.TimeMs)];
    }

    /// <summary>GET commissionRate.</summary>
    public static CommissionRate Commission(JsonElement root) =>
        new CommissionRate(root.Number("makerCommissionRate"), root.Number("takerCommissionRate"));

    /// <summary>GET rateLimit/order; limits of other kinds and over other times are left out.</summary>
    public static IReadOnlyList<OrderLimit> OrderLimits(JsonElement root) =>
    [
        .. root.Each(static item => (Kind: item.TextOrEmpty("rateLimitType"), Seconds: Seconds(item), Limit: item.Integer("limit")))
            .Where(static item => item.Kind == "ORDERS" && item.Seconds > 0)
            .Select(static item => new OrderLimit(TimeSpan.FromSeconds(item.Seconds), (int)Math.Clamp(item.Limit, 0, int.MaxValue))),
    ];

    private static long Seconds(JsonElement item) => Math.Clamp(item.Integer("intervalNum"), 1, 366) * item.TextOrEmpty("interval") switch
    {
        "SECOND" => 1,
        "MINUTE" => 60,
        "HOUR" => 3600,
        "DAY" => 86_400,
        _ => 0,
    };

    private static List<LeverageBracket> Steps(JsonElement symbol)
    {
        var steps = new List<LeverageBracket>();
        foreach (var step in symbol.ItemsOf("brackets"))
            steps.Add(new LeverageBracket(
                step.Number("notionalFloor"), step.Number("notionalCap"), (int)Math.Clamp(step.Integer("initialLeverage"), 0, int.MaxValue),
                step.Number("maintMarginRatio")));
        steps.Sort(static (a, b) => a.NotionalFloor.CompareTo(b.NotionalFloor));
        return steps;
    }

    private static bool Required(JsonElement item, string name) =>
        item.TryGet(name, out _) ? item.Flag(name) : throw new FormatException($"field {name} is missing");
}
