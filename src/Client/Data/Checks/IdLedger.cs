namespace Granary.Client.Data.Checks;

/// <summary>
/// Tells apart ids that were there before from ids that come late, by the holes that are still open. At most <see cref="HolesMax"/> holes are remembered;
/// an id of a forgotten one counts as repeated.
/// </summary>
internal sealed class IdLedger
{
    private const int HolesMax = 10_000;

    private readonly List<(long From, long To, long Line)> _holes = [];
    private long _forgotten, _forgottenIds;

    /// <summary>The highest id; -1 before the first.</summary>
    public long Highest { get; private set; } = -1;

    /// <summary>Holes that are open.</summary>
    public long HoleCount => _holes.Count + _forgotten;

    /// <summary>Ids missing in them.</summary>
    public long MissingCount => _holes.Sum(h => h.To - h.From + 1) + _forgottenIds;

    /// <summary>The first of them.</summary>
    public IEnumerable<FindingPlace> Places => _holes.Select(h => new FindingPlace(h.Line, FormattableString.Invariant($"{h.From} to {h.To}, {h.To - h.From + 1} missing before this line")));

    /// <summary>Takes the next id in.</summary>
    /// <returns>Null when it is above all before, else what is wrong with it.</returns>
    public FindingKind? Add(long id, long line)
    {
        if (id > Highest)
        {
            if (Highest >= 0 && id > Highest + 1) Open(Highest + 1, id - 1, line);
            Highest = id;
            return null;
        }
        var at = _holes.FindIndex(h => id >= h.From && id <= h.To);
        if (at < 0) return FindingKind.IdRepeated;
        var hole = _holes[at];
        _holes.RemoveAt(at);
        if (hole.To > id) _holes.Insert(at, hole with { From = id + 1 });
        if (hole.From < id) _holes.Insert(at, hole with { To = id - 1 });
        return FindingKind.IdOrder;
    }

    private void Open(long from, long to, long line)
    {
        if (_holes.Count < HolesMax)
        {
            _holes.Add((from, to, line));
            return;
        }
        _forgotten++;
        _forgottenIds += to - from + 1;
    }
}
