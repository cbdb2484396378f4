using System.Globalization;
using Granary.Tape;
using Granary.Tape.Columnar;

namespace Granary.Silo.Recording;

/// <summary>
/// The tapes of one symbol and kind, one a UTC day (<see cref="DailyTapes"/>). The tape of a day is continued; rows that
/// it has already are passed over. When a day begins, the last one is compacted and days that are too old are deleted.
/// </summary>
/// <typeparam name="TRow">The row.</typeparam>
/// <param name="folder">Folder of the symbol.</param>
/// <param name="symbol">The symbol.</param>
/// <param name="kind">The kind.</param>
/// <param name="daysKept">Days kept before the one that begins; 0 is for ever.</param>
/// <param name="log">Takes what an operator wants to know.</param>
internal sealed class DailyTape<TRow>(string folder, string symbol, RecordedKind<TRow> kind, int daysKept, IRecordingLog log)
    where TRow : struct
{
    private ColumnarWriter<TRow>? _writer;
    private DateOnly _day;

    /// <summary>Adds a row to the tape of its day.</summary>
    /// <returns>False when the tape has it already.</returns>
    /// <exception cref="IOException">The disk does not take it; the call may be made again. So also <see cref="UnauthorizedAccessException"/>.</exception>
    /// <exception cref="TapeException">The tape of the day cannot be read; the call may be made again.</exception>
    public bool Append(in TRow row)
    {
        var day = DailyTapes.DayOf(kind.Tapes.TimeMsOf(row));
        if (_writer is null || day != _day) Open(day);
        if (_writer!.IdMax is { } last && kind.IdOf(row) <= last) return false;
        _writer.Append(row);
        return true;
    }

    /// <summary>Writes what has gathered.</summary>
    /// <exception cref="IOException">The disk does not take it; the call may be made again.</exception>
    public void Flush() => _writer?.Flush();

    /// <summary>Writes what has gathered and closes the tape.</summary>
    /// <exception cref="IOException">The disk did not take it; what had gathered is lost.</exception>
    public void Close()
    {
        try
        {
            _writer?.Dispose();
        }
        finally
        {
            _writer = null;
        }
    }

    /// <summary>Closes the tape without what has gathered, as a kill does.</summary>
    public void Abandon() => _writer?.Abandon();

    private void Open(DateOnly day)
    {
        // Flushed first: when that fails, the rows stay where they are and the new row is not taken.
        _writer?.Flush();
        Close();
        Directory.CreateDirectory(folder);
        var path = DailyTapes.PathOf(folder, day, kind.Name);
        if (!File.Exists(path)) Tidy(day);
        try
        {
            _writer = ColumnarWriter<TRow>.Open(path, symbol);
        }
        catch (TapeException error) when (error.Defect is not (TapeDefect.FileUnreadable or TapeDefect.FileMissing))
        {
            var aside = MoveAside(path);
            log.Damaged(symbol, error.Message, aside);
            _writer = ColumnarWriter<TRow>.Open(path, symbol);
        }
        _day = day;
        if (_writer.TruncatedBytes > 0) log.Torn(path, _writer.TruncatedBytes);
    }

    /// <summary>Nothing here may keep a day from beginning.</summary>
    private void Tidy(DateOnly day)
    {
        var earlier = Directory.EnumerateFiles(folder, "*" + DailyTapes.Suffix(kind.Name))
            .Select(f => (File: f, Day: DayOfFile(f)))
            .Where(f => f.Day < day)
            .OrderBy(f => f.Day)
            .ToList();
        foreach (var (file, of) in earlier)
        {
            var isTooOld = daysKept > 0 && of!.Value.DayNumber < day.DayNumber - daysKept;
            if (!isTooOld && file != earlier[^1].File) continue;
            try
            {
                if (isTooOld) File.Delete(file);
                else ColumnarTape.Compact<TRow>(file);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or TapeException)
            {
                log.Untidy(file, error);
            }
        }
    }

    private DateOnly? DayOfFile(string file) => DailyTapes.TryParse(file, out var day, out var name) && name == kind.Name ? day : null;

    private static string MoveAside(string path)
    {
        for (var i = 1; ; i++)
        {
            var aside = string.Create(CultureInfo.InvariantCulture, $"{path}.damaged-{i}");
            if (File.Exists(aside)) continue;
            File.Move(path, aside);
            return aside;
        }
    }
}
