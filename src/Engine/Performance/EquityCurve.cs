using System.Runtime.InteropServices;

namespace Granary.Engine.Performance;

/// <summary>What a curve of equity says point by point. A curve ends where its equity is not above 0: what comes after has no return.</summary>
public static class EquityCurve
{
    /// <summary>The points up to and including the first whose equity is not above 0.</summary>
    public static ReadOnlySpan<EquityPoint> Solvent(ReadOnlySpan<EquityPoint> points)
    {
        for (var i = 0; i < points.Length; i++)
        {
            if (points[i].Equity <= 0) return points[..(i + 1)];
        }
        return points;
    }

    /// <summary>Returns from each point to the next, fractions: one fewer than there are points.</summary>
    /// <param name="points">In the order of time; all but the last above 0.</param>
    public static double[] Returns(ReadOnlySpan<EquityPoint> points)
    {
        if (points.Length < 2) return [];
        var returns = new double[points.Length - 1];
        for (var i = 1; i < points.Length; i++) returns[i - 1] = (double)((points[i].Equity - points[i - 1].Equity) / points[i - 1].Equity);
        return returns;
    }

    /// <summary>Equity / running maximum - 1 at each point, 0 or negative; the running maximum includes the start (formulas §9.4).</summary>
    public static double[] Drawdowns(ReadOnlySpan<EquityPoint> points)
    {
        var drawdowns = new double[points.Length];
        var peak = 0m;
        for (var i = 0; i < points.Length; i++)
        {
            peak = i == 0 ? points[0].Equity : Math.Max(peak, points[i].Equity);
            drawdowns[i] = peak > 0 ? (double)((points[i].Equity - peak) / peak) : 0;
        }
        return drawdowns;
    }

    /// <summary>The times below a peak, in their order (formulas §9.4).</summary>
    public static IReadOnlyList<DrawdownEpisode> Episodes(ReadOnlySpan<EquityPoint> points)
    {
        var episodes = new List<DrawdownEpisode>();
        if (points.IsEmpty) return episodes;
        var peak = points[0];
        var lowest = peak.Equity;
        foreach (var point in points)
        {
            if (point.Equity < peak.Equity)
            {
                lowest = Math.Min(lowest, point.Equity);
                continue;
            }
            if (lowest < peak.Equity) episodes.Add(Episode(peak, lowest, point.TimeMs, isRecovered: true));
            peak = point;
            lowest = point.Equity;
        }
        if (lowest < peak.Equity) episodes.Add(Episode(peak, lowest, points[^1].TimeMs, isRecovered: false));
        return episodes;
    }

    /// <summary>Returns of the UTC months, from the last equity of each (formulas §9.6), in their order; the first month starts from the first point.</summary>
    public static IReadOnlyList<MonthlyReturn> Months(ReadOnlySpan<EquityPoint> points)
    {
        var last = new List<(int Year, int Month, decimal Equity)>();
        for (var i = 1; i < points.Length; i++)
        {
            // A point at midnight closes the day before.
            var time = DateTimeOffset.FromUnixTimeMilliseconds(points[i].TimeMs - 1);
            var month = (time.Year, time.Month, points[i].Equity);
            if (last.Count > 0 && last[^1].Year == month.Year && last[^1].Month == month.Month) CollectionsMarshal.AsSpan(last)[^1] = month;
            else last.Add(month);
        }
        var months = new List<MonthlyReturn>(last.Count);
        var before = points.IsEmpty ? 0 : points[0].Equity;
        foreach (var (year, month, equity) in last)
        {
            if (before <= 0) break;
            months.Add(new MonthlyReturn(year, month, (double)((equity - before) / before)));
            before = equity;
        }
        return months;
    }

    private static DrawdownEpisode Episode(EquityPoint peak, decimal lowest, long endMs, bool isRecovered) =>
        new(peak.TimeMs, endMs, peak.Equity > 0 ? (double)((lowest - peak.Equity) / peak.Equity) : 0, isRecovered);
}
