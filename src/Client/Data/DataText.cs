using System.Globalization;
using System.Text.Json;

namespace Granary.Client.Data;

/// <summary>How the data commands write times and JSON.</summary>
internal static class DataText
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Date and time of day, UTC.</summary>
    public static string Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Date and time of day, UTC; a dash for none.</summary>
    public static string Time(long? ms) => ms is { } value ? Time(value) : "-";

    /// <summary>The date, UTC; a dash for none.</summary>
    public static string Day(long? ms) => ms is { } value ? Time(value)[..10] : "-";

    public static string Json<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>The name of an enumeration's member as JSON has it.</summary>
    public static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>A row that was left out: file, line, field and what is wrong.</summary>
    public static string Offence(string file, Tape.TapeOffence offence) => FormattableString.Invariant(
        $"{Path.GetFileName(file)} line {offence.Line}{(offence.Field.Length > 0 ? " field " + offence.Field : "")}: {offence.Defect}: {offence.Text}");
}
