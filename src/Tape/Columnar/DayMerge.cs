namespace Granary.Tape.Columnar;

/// <summary>
/// Merges rows into the tape of one day. The tape stays as it is until <see cref="Commit"/>, and is then replaced as a whole by a new file; without any row
/// that it did not have, it is not touched at all. Rows come by rising id; those with an id that the tape has are passed over. Holds the tape's writer lock.
/// </summary>
internal sealed class DayMerge<TRow> : IDisposable
    where TRow : struct
{
    public const string HalfSuffix = ".importing";

    private readonly DailyKind<TRow> _kind;
    private readonly string _symbol;
    private readonly FileStream _lock;
    private ColumnarReader<TRow>? _existing;
    private ColumnarWriter<TRow>? _writer;

    // The block of the existing tape that the merging stands in.
    private TRow[] _rows = [];
    private int _count, _at;
    private long _idBefore = long.MinValue;

    /// <exception cref="TapeException">The existing tape is damaged, or of another symbol.</exception>
    /// <exception cref="IOException">Somebody else writes the tape, or the disk does not take it. So also <see cref="UnauthorizedAccessException"/>.</exception>
    public DayMerge(string path, string symbol, DailyKind<TRow> kind, bool replaces)
    {
        (Path, _symbol, _kind) = (path, symbol, kind);
        _lock = WriterLock.Take(path);
        try
        {
            IsNew = !File.Exists(path);
            if (IsNew) return;
            if (!replaces) OpenExisting();
            RowsBefore = _existing?.Rows ?? CountRows(path);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Path { get; }

    /// <summary>Whether there was no tape.</summary>
    public bool IsNew { get; }

    public long RowsBefore { get; }

    public long RowsAfter { get; private set; }

    /// <summary>Id of the last row that was offered; null before it.</summary>
    public long? LastId { get; private set; }

    /// <summary>Takes a row whose id is not below <see cref="LastId"/>.</summary>
    /// <returns>False when the tape has its id already.</returns>
    public bool Add(in TRow row)
    {
        var id = _kind.IdOf(row);
        LastId = id;
        while (HasExisting() && IdAt() < id) PassOver();
        if (_count > _at && IdAt() == id) return false;
        if (_writer is null) Begin(id);
        _writer!.Append(row);
        return true;
    }

    /// <summary>Puts the new tape in the old one's place.</summary>
    /// <returns>Whether anything has changed.</returns>
    public bool Commit()
    {
        if (_writer is null) return false;
        while (HasExisting()) PassOver();
        RowsAfter = _writer.Rows;
        _writer.Flush(durable: true);
        _writer.Dispose();
        _writer = null;
        _existing?.Dispose();
        _existing = null;
        File.Move(Path + HalfSuffix, Path, overwrite: true);
        return true;
    }

    /// <summary>Lets go of the tape; what was not committed is gone.</summary>
    public void Dispose()
    {
        _existing?.Dispose();
        if (_writer is not null)
        {
            _writer.Abandon();
            File.Delete(Path + HalfSuffix);
        }
        _lock.Dispose();
    }

    // A tape that is replaced may be damaged.
    private static long CountRows(string path)
    {
        try
        {
            using var reader = new ColumnarReader<TRow>(path, TapeChecks.Lenient);
            return reader.Rows;
        }
        catch (TapeException)
        {
            return 0;
        }
    }

    private void OpenExisting()
    {
        _existing?.Dispose();
        _existing = new ColumnarReader<TRow>(Path);
        if (_existing.Symbol != _symbol)
            throw new TapeException(Path, 0, "", TapeDefect.LayoutUnknown, $"the tape is of {_existing.Symbol}, not of {_symbol}; check the folder");
        (_count, _at, _idBefore) = (0, 0, long.MinValue);
    }

    // The first row that is new: from here on there is a new file, which begins with what the old one has before that row.
    private void Begin(long id)
    {
        _writer = ColumnarWriter<TRow>.Create(Path + HalfSuffix, _symbol);
        if (_existing is null) return;
        OpenExisting();
        while (HasExisting() && IdAt() < id) PassOver();
    }

    private long IdAt() => _kind.IdOf(_rows[_at]);

    private void PassOver()
    {
        var id = IdAt();
        if (id < _idBefore)
        {
            throw new TapeException(
                Path, 0, "", TapeDefect.IdBackwards,
                FormattableString.Invariant($"id {id} stands after {_idBefore}, so nothing can be merged into the tape; move it away, or replace it with --overwrite"));
        }
        _idBefore = id;
        _writer?.Append(_rows[_at]);
        _at++;
    }

    private bool HasExisting()
    {
        if (_at < _count) return true;
        if (_existing is null || !_existing.Read(out var rows)) return false;
        if (_rows.Length < rows.Length) _rows = new TRow[rows.Length];
        rows.CopyTo(_rows);
        (_count, _at) = (rows.Length, 0);
        return true;
    }
}
