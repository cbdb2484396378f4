using System.Globalization;
using System.Text;

namespace Granary.Engine.Selection;

/// <summary>
/// Selections as tables in the columns that neutral selectors commonly write: candle_begin_time, close, quote_volume, symbol, factors, filters, the rank by
/// each ranking filter, position, pos_val. Where several factors are weighed together, what they came to stands behind them as factor.
/// </summary>
public static class SelectionCsv
{
    /// <summary>The heading.</summary>
    public static string Header(SelectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string[] columns =
        [
            "candle_begin_time", "close", "quote_volume", "symbol", .. options.Factors.Select(factor => factor.Column),
            .. options.Factors.Count > 1 ? ["factor"] : Array.Empty<string>(), .. options.Filters.Select(filter => filter.Column),
            .. RankColumn(options) is { } rank ? [rank] : Array.Empty<string>(), "position", "pos_val",
        ];
        return string.Join(',', columns) + "\n";
    }

    /// <summary>Appends the picks of one side, in the order of the pool.</summary>
    /// <param name="text">What is appended to.</param>
    /// <param name="options">The options that the selection was made with.</param>
    /// <param name="selection">The selection.</param>
    /// <param name="targets">Its positions.</param>
    /// <param name="side">The side.</param>
    public static void Append(
        StringBuilder text, SelectionOptions options, CoinSelection selection, IReadOnlyList<TargetPosition> targets, SelectionSide side)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentNullException.ThrowIfNull(targets);
        var picks = side == SelectionSide.Short ? selection.Shorts : selection.Longs;
        var positions = targets.Where(target => target.Side == side).ToList();
        var isRanked = RankColumn(options) is not null;
        for (var i = 0; i < picks.Count; i++)
        {
            var (pick, target) = (picks[i], positions[i]);
            text.Append(CultureInfo.InvariantCulture, $"{Time(selection.RunCandleMs)},{pick.Row.Close:G29},{pick.Row.QuoteVolume:G29},{pick.Symbol}");
            foreach (var factor in pick.Row.Factors) text.Append(CultureInfo.InvariantCulture, $",{factor:R}");
            if (options.Factors.Count > 1) text.Append(CultureInfo.InvariantCulture, $",{pick.Factor:R}");
            foreach (var filter in pick.Row.Filters) text.Append(CultureInfo.InvariantCulture, $",{filter:G29}");
            if (isRanked) text.Append(CultureInfo.InvariantCulture, $",{pick.Rank}");
            text.Append(CultureInfo.InvariantCulture, $",{target.Quantity},{target.Value:G29}\n");
        }
    }

    private static string Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string? RankColumn(SelectionOptions options) =>
        options.Filters.LastOrDefault(filter => FactorCatalog.RuleOf(filter.Name) == FilterRule.RankMax) is { } filter ? filter.Column + "_rank" : null;
}
