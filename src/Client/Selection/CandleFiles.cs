using Granary.Tape;

namespace Granary.Client.Selection;

/// <summary>Which files of a folder are read when several hold the same symbol.</summary>
/// <param name="Parts">One file a symbol.</param>
/// <param name="Left">Names of those that are left.</param>
internal sealed record CandleFiles(IReadOnlyList<TapePart> Parts, IReadOnlyList<string> Left)
{
    /// <summary>
    /// A member of the archive that holds most symbols wins: a market is to be seen through one source, not half through another. Files that do not tell their
    /// symbol are taken as they are.
    /// </summary>
    public static CandleFiles Pick(IReadOnlyList<TapePart> parts)
    {
        var sizes = parts.GroupBy(part => part.Path).ToDictionary(group => group.Key, group => group.Select(part => part.Symbol).Distinct().Count());
        var picked = new HashSet<TapePart>();
        foreach (var symbol in parts.GroupBy(part => part.Symbol))
        {
            // Files of a symbol that are equally large in this sense may be the months of one source: they are taken together.
            var most = symbol.Max(part => sizes[part.Path]);
            foreach (var part in symbol.Where(part => symbol.Key.Length == 0 || sizes[part.Path] == most)) picked.Add(part);
        }
        return new CandleFiles([.. parts.Where(picked.Contains)], [.. parts.Where(part => !picked.Contains(part)).Select(part => part.Name)]);
    }
}
