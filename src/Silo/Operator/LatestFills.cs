using Granary.Journal;
using Granary.Journal.Records;

namespace Granary.Silo.Operator;

/// <summary>Finds the latest fills through a reader that gives fills after a position, oldest first.</summary>
public static class LatestFills
{
    /// <summary>
    /// The latest fills, newest first. The number of fills after a position falls as the position rises; the place where at most
    /// <paramref name="limit"/> are left is found by halving, in about two reads for each binary digit of the last position.
    /// </summary>
    public static async Task<IReadOnlyList<FillRecord>> ReadAsync(
        IJournalReader reader, string account, string? symbol, int limit, CancellationToken cancellationToken)
    {
        var fills = await reader.GetFillsAsync(account, symbol, 0, limit + 1, cancellationToken);
        if (fills.Count > limit)
        {
            var tooLow = fills[0].Position - 1;
            var step = Math.Max(1, fills[^1].Position - tooLow);
            var enough = tooLow;
            do
            {
                if (fills.Count > limit) tooLow = Math.Max(tooLow, enough);
                enough = tooLow + step;
                step *= 2;
                fills = await reader.GetFillsAsync(account, symbol, enough, limit + 1, cancellationToken);
            }
            while (fills.Count > limit);
            while (enough - tooLow > 1 && fills.Count < limit)
            {
                var middle = tooLow + ((enough - tooLow) / 2);
                var after = await reader.GetFillsAsync(account, symbol, middle, limit + 1, cancellationToken);
                if (after.Count > limit) tooLow = middle;
                else (enough, fills) = (middle, after);
            }
        }
        return [.. fills.OrderByDescending(f => f.Position)];
    }
}
