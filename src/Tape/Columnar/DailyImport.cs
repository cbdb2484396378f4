namespace Granary.Tape.Columnar;

/// <summary>
/// Puts rows of one symbol and kind into daily tapes (<see cref="DailyTapes"/>), a whole day at a time: a day's tape is replaced when the next day begins, and
/// never holds a part of what the sources had for it. A source that goes on where the last one ended goes on with its day; one that goes back merges
/// into the tapes, by id.
/// </summary>
/// <typeparam name="TRow">AggTrade, SingleTrade, Kline, FundingRate, BookTicker or MarkPrice.</typeparam>
/// <remarks>
/// Memory is two blocks of rows. Rows that share an id are taken together or not at all. A kill leaves old or new tapes and a file "path.importing", which the
/// next import of that day replaces. Not safe for use by several threads.
/// </remarks>
/// <param name="folder">Folder of the symbol; made when it is missing.</param>
/// <param name="symbol">The symbol (<see cref="DailyTapes.IsSymbol"/>).</param>
/// <param name="kind">The kind.</param>
/// <param name="replaces">Whether a day's tape is written anew from the sources alone instead of merged with what it has.</param>
public sealed class DailyImport<TRow>(string folder, string symbol, DailyKind<TRow> kind, bool replaces) : IDisposable
    where TRow : struct
{
    private readonly List<DayChange> _changes = [];
    private readonly Dictionary<string, int> _changeOf = new(StringComparer.Ordinal);
    private readonly List<(ImportTally Tally, long Added)> _open = [];
    private DayMerge<TRow>? _merge;
    private DateOnly _day;
    private ImportTally? _source;
    private long _added;

    /// <summary>Tapes that were changed, in the order of their first change.</summary>
    public IReadOnlyList<DayChange> Changes => _changes;

    /// <summary>Takes the next rows of a source, by rising id and time.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="source">Counts what becomes of them.</param>
    /// <exception cref="TapeException">The tape of a day is damaged, or of another symbol; the day is left as it is.</exception>
    /// <exception cref="IOException">A tape cannot be written, or somebody else writes it; the day is left as it is. So also <see cref="UnauthorizedAccessException"/>.</exception>
    public void Add(ReadOnlySpan<TRow> rows, ImportTally source)
    {
        if (_source != source)
        {
            TakeTurn();
            _source = source;
            // An id that the last source ended with may go on only within that source.
            if (_merge?.LastId is { } last && !rows.IsEmpty && kind.IdOf(rows[0]) <= last) Commit();
        }
        foreach (ref readonly var row in rows)
        {
            var day = DailyTapes.DayOf(kind.TimeMsOf(row));
            if (_merge is null || day != _day || kind.IdOf(row) < _merge.LastId) Open(day);
            if (_merge!.Add(row)) _added++;
            else source.Present++;
        }
    }

    /// <summary>Puts the day that is under way in its place.</summary>
    /// <exception cref="IOException">The tape cannot be written; the day is left as it is. So also <see cref="UnauthorizedAccessException"/>.</exception>
    /// <exception cref="TapeException">The day's earlier tape is damaged; it is left as it is.</exception>
    public void Commit()
    {
        if (_merge is null) return;
        TakeTurn();
        if (_merge.Commit()) Note(_merge);
        foreach (var (tally, added) in _open) tally.Added += added;
        _open.Clear();
        Close();
    }

    /// <summary>Gives the day that is under way up; its tape stays as it was.</summary>
    public void Abandon()
    {
        TakeTurn();
        foreach (var (tally, added) in _open) tally.Withheld += added;
        _open.Clear();
        Close();
    }

    /// <summary>As <see cref="Abandon"/>.</summary>
    public void Dispose() => Abandon();

    private void Open(DateOnly day)
    {
        Commit();
        Directory.CreateDirectory(folder);
        var path = DailyTapes.PathOf(folder, day, kind.Name);
        // What this import has written itself is merged with, whatever was there before.
        _merge = new DayMerge<TRow>(path, symbol, kind, replaces && !_changeOf.ContainsKey(path));
        _day = day;
    }

    private void TakeTurn()
    {
        if (_source is not null && _added > 0) _open.Add((_source, _added));
        _added = 0;
    }

    private void Note(DayMerge<TRow> merge)
    {
        if (_changeOf.TryGetValue(merge.Path, out var at))
        {
            _changes[at] = _changes[at] with { RowsAfter = merge.RowsAfter };
            return;
        }
        _changeOf[merge.Path] = _changes.Count;
        _changes.Add(new DayChange(merge.Path, merge.IsNew, merge.RowsBefore, merge.RowsAfter));
    }

    private void Close()
    {
        _merge?.Dispose();
        _merge = null;
    }
}
