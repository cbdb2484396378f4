using System.Text.Json;
using Granary.Engine.Margin;
using Granary.Venues.Ports;

namespace Granary.Venues.Binance;

/// <summary>
/// Reads answers about an account's settings and history. Every member throws <see cref="JsonException"/> or <see cref="FormatException"/> for a body that
/// is not what
/// was asked for.
/// </summary>
internal static class SettingsDecoder
{
    /// <summary>GET accountConfig.</summary>
    public static AccountModes Account(ReadOnlyMemory<byte> body) => One(body, static item => new AccountModes(
        (int)Math.Clamp(item.IntegerOrZero("feeTier"), 0, int.MaxValue), item.Flag("canTrade"), item.Flag("dualSidePosition"), item.Flag("multiAssetsMargin")));

    /// <summary>GET symbolConfig.</summary>
    public static IReadOnlyList<SymbolSettings> Symbols(ReadOnlyMemory<byte> body) => Each(body, static item => new SymbolSettings(
        item.Text("symbol"), (int)Math.Clamp(item.Integer("leverage"), 1, int.MaxValue),
        item.Text("marginType").Equals("ISOLATED", StringComparison.OrdinalIgnoreCase), item.NumberOrZero("maxNotionalValue")));

    /// <summary>GET leverageBracket: the usable ladders, and those left out with the reason.</summary>
    public static (List<LeverageBrackets> Brackets, List<string> LeftOut) Brackets(ReadOnlyMemory<byte> body)
    {
        var (brackets, leftOut) = (new List<LeverageBrackets>(), new List<string>());
        foreach (var (symbol, steps) in Each(body, static item => (item.Text("symbol"), Steps(item))))
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
    public static decimal NotionalMax(ReadOnlyMemory<byte> body) => One(body, static item => item.Number("maxNotionalValue"));

    /// <summary>GET positionSide/dual.</summary>
    public static bool HedgeMode(ReadOnlyMemory<byte> body) => One(body, static item => Required(item, "dualSidePosition"));

    /// <summary>GET multiAssetsMargin.</summary>
    public static bool MultiAssets(ReadOnlyMemory<byte> body) => One(body, static item => Required(item, "multiAssetsMargin"));

    /// <summary>Answers that say no more than that it was done.</summary>
    public static bool Done(ReadOnlyMemory<byte> body) =>
        One(body, static item => item.Integer("code")) == 200 ? true : throw new FormatException("field code is not 200");

    /// <summary>GET account.</summary>
    public static AccountSummary Summary(ReadOnlyMemory<byte> body) => One(body, static item => new AccountSummary(
        item.Number("totalWalletBalance"), item.Number("totalUnrealizedProfit"), item.Number("totalMarginBalance"), item.Number("totalInitialMargin"),
        item.Number("totalMaintMargin"), item.Number("availableBalance")));

    /// <summary>GET income, sorted by time.</summary>
    public static IReadOnlyList<IncomeRecord> Income(ReadOnlyMemory<byte> body)
    {
        var income = Each(body, static item => new IncomeRecord(
            item.IntegerOrZero("tranId"), item.Text("incomeType"), item.TextOrEmpty("symbol"), item.Number("income"), item.TextOrEmpty("asset"),
            item.Integer("time"),
            item.IntegerOrZero("tradeId")));
        // Stable: several of one moment stay as the venue ordered them.
        return [.. income.OrderBy(static item => item.TimeMs)];
    }

    /// <summary>GET commissionRate.</summary>
    public static CommissionRate Commission(ReadOnlyMemory<byte> body) =>
        One(body, static item => new CommissionRate(item.Number("makerCommissionRate"), item.Number("takerCommissionRate")));

    /// <summary>GET rateLimit/order; limits of other kinds and over other times are left out.</summary>
    public static IReadOnlyList<OrderLimit> OrderLimits(ReadOnlyMemory<byte> body) =>
    [
        .. Each(body, static item => (Kind: item.TextOrEmpty("rateLimitType"), Seconds: Seconds(item), Limit: item.Integer("limit")))
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

    private static T One<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T> read)
    {
        using var document = JsonDocument.Parse(body);
        return read(document.RootElement);
    }

    private static List<T> Each<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T> read)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Object) return [read(root)];
        var items = new List<T>();
        foreach (var item in root.Items("the answer")) items.Add(read(item));
        return items;
    }
}
