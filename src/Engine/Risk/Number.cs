using System.Globalization;

namespace Granary.Engine.Risk;

/// <summary>Numbers and times in operator texts: plain, invariant, without trailing zeros; what is missing is "none".</summary>
internal static class Number
{
    private const int ShareDecimals = 6;

    internal static string Text(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    internal static string Text(double? value) => value is { } number ? number.ToString(CultureInfo.InvariantCulture) : "none";

    /// <summary>A share that is only looked at.</summary>
    internal static string Share(decimal part, decimal whole) => whole == 0 ? "none" : Text(decimal.Round(part / whole, ShareDecimals));

    /// <summary>A time in UTC, to the second; rounded up, so that it is past once the clock shows it.</summary>
    /// <param name="ms">Milliseconds since the Unix epoch, UTC.</param>
    internal static string Time(long ms) => ms is >= 0 and <= 253_402_300_799_000
        ? DateTimeOffset.FromUnixTimeSeconds((ms + 999) / 1_000).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : ms.ToString(CultureInfo.InvariantCulture);
}
