using System.Globalization;
using System.Text;
using Granary.Engine.Selection;
using Granary.Grains.Selection;

namespace Granary.Silo.Selection;

/// <summary>A selection as text for people.</summary>
internal static class SelectionTable
{
    public static string Of(SelectionRecord record)
    {
        var text = new StringBuilder();
        var close = DateTimeOffset.FromUnixTimeMilliseconds(record.CloseMs).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        text.Append(
            CultureInfo.InvariantCulture, $"Selection at {close} UTC: {record.Rows.Count} symbols, pool {record.Selection.Pool.Count}, ");
        text.AppendLine(CultureInfo.InvariantCulture, $"finished {record.FinishedMs - record.CloseMs} ms after the close");
        if (!record.Selection.IsSelected) text.AppendLine(CultureInfo.InvariantCulture, $"Nothing selected: {record.Selection.Refusal}.");
        else text.AppendLine(CultureInfo.InvariantCulture, $"{"side",-6}{"symbol",-18}{"factor",14}{"rank",6}{"close",16}{"position",16}{"pos_val",14}");
        foreach (var target in record.Targets)
        {
            var side = target.Side == SelectionSide.Short ? "SHORT" : "LONG";
            text.Append(CultureInfo.InvariantCulture, $"{side,-6}{target.Symbol,-18}{target.Factor,14:0.000000}{target.Rank,6}");
            text.AppendLine(CultureInfo.InvariantCulture, $"{target.Close,16:G29}{target.Quantity,16}{target.Value,14:0.00}");
        }
        foreach (var reason in record.Selection.Dropped.GroupBy(drop => drop.Reason).OrderBy(group => group.Key))
        {
            // Ranking low is the rule at work, not a thing to look after.
            var names = reason.Key == DropReason.BelowRank ? $"{reason.Count()} symbols" : string.Join(' ', reason.Select(drop => drop.Symbol));
            text.AppendLine(CultureInfo.InvariantCulture, $"left out, {reason.Key}: {names}");
        }
        if (record.BelowMinimum.Count > 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"below the least notional: {string.Join(' ', record.BelowMinimum)}");
        foreach (var (symbol, error) in record.Failed) text.AppendLine(CultureInfo.InvariantCulture, $"{symbol}: {error}");
        if (record.Gone.Count > 0) text.AppendLine(CultureInfo.InvariantCulture, $"not traded any more: {string.Join(' ', record.Gone)}");
        return text.ToString().TrimEnd();
    }
}
