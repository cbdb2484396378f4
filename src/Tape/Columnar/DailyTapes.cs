using System.Globalization;

namespace Granary.Tape.Columnar;

/// <summary>How tapes are laid down by symbol, UTC day of the rows' own time, and kind: <c>FOLDER/SYMBOL/yyyy-MM-dd.KIND.tape</c>.</summary>
public static class DailyTapes
{
    /// <summary>Milliseconds of a day.</summary>
    public const long DayMs = 86_400_000;

    private const string DayFormat = "yyyy-MM-dd";
    private const int SymbolLengthMax = 40;
    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>The UTC day of a time; times before 1970 or after 9999 count to the first or last day.</summary>
    /// <param name="timeMs">Milliseconds since the Unix epoch.</param>
    public static DateOnly DayOf(long timeMs) =>
        DateOnly.FromDayNumber((int)Math.Min(EpochDay + (Math.Max(0, timeMs) / DayMs), DateOnly.MaxValue.DayNumber));

    /// <summary>Where the first millisecond of a day is, milliseconds since the Unix epoch.</summary>
    public static long StartMs(DateOnly day) => (day.DayNumber - EpochDay) * DayMs;

    /// <summary>The file of a day.</summary>
    /// <param name="folder">Folder of the symbol.</param>
    /// <param name="day">The day, UTC.</param>
    /// <param name="kind">Name of the kind.</param>
    public static string PathOf(string folder, DateOnly day, string kind) =>
        Path.Combine(folder, day.ToString(DayFormat, CultureInfo.InvariantCulture) + Suffix(kind));

    /// <summary>What the names of a kind's files end with.</summary>
    public static string Suffix(string kind) => $".{kind}{ColumnarTape.Extension}";

    /// <summary>The day and the kind in a file's name.</summary>
    /// <returns>False when the name is none of a daily tape.</returns>
    public static bool TryParse(string path, out DateOnly day, out string kind)
    {
        var name = Path.GetFileName(path);
        (day, kind) = (default, "");
        if (name.Length <= DayFormat.Length + 1 + ColumnarTape.Extension.Length || name[DayFormat.Length] != '.') return false;
        if (!name.EndsWith(ColumnarTape.Extension, StringComparison.Ordinal)) return false;
        kind = name[(DayFormat.Length + 1)..^ColumnarTape.Extension.Length];
        return DateOnly.TryParseExact(name[..DayFormat.Length], DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }

    /// <summary>Whether a symbol can be a folder's name and stand in a tape: 1 to 40 letters, digits, '_' and '-'.</summary>
    public static bool IsSymbol(string symbol) =>
        symbol.Length is > 0 and <= SymbolLengthMax && symbol.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
