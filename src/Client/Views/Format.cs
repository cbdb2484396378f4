using System.Globalization;
using Spectre.Console;

namespace Granary.Client.Views;

/// <summary>How numbers, times and states are written. All numbers are invariant; times are UTC.</summary>
public static class Format
{
    /// <summary>Quote units with two decimals and thousands separators.</summary>
    public static string Money(decimal value) => value.ToString("#,##0.00", CultureInfo.InvariantCulture);

    /// <summary>A price or quantity, exact, without trailing zeros.</summary>
    public static string Number(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    /// <summary>A price, exact; a dash for 0, which stands for "none yet".</summary>
    public static string Price(decimal value) => value == 0 ? "-" : Number(value);

    /// <summary>A count with thousands separators.</summary>
    public static string Count(long value) => value.ToString("#,##0", CultureInfo.InvariantCulture);

    /// <summary>Month, day and time of day, UTC; a dash for 0.</summary>
    public static string Time(long ms) =>
        ms <= 0 ? "-" : DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A duration in the largest unit that says enough.</summary>
    public static string Age(long ms) => ms switch
    {
        < 0 => "-",
        < 10_000 => $"{ms} ms",
        < 120_000 => $"{ms / 1_000} s",
        < 7_200_000 => $"{ms / 60_000} min",
        < 172_800_000 => $"{ms / 3_600_000} h",
        _ => $"{Count(ms / 86_400_000)} d",
    };

    /// <summary>Text of the silo made safe for markup.</summary>
    public static string Text(string value) => Markup.Escape(Clean(value));

    /// <summary>Text of the silo without control characters, so that it can neither break a line nor steer a terminal.</summary>
    public static string Clean(string value) => value.Any(char.IsControl) ? string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c)) : value;

    /// <summary>An amount in green or red.</summary>
    public static string Signed(decimal value) => value switch
    {
        > 0 => $"[green]{Money(value)}[/]",
        < 0 => $"[red]{Money(value)}[/]",
        _ => Money(value),
    };

    /// <summary>A trading state in its colour.</summary>
    public static string State(string state) => state switch
    {
        "Active" => "[green]Active[/]",
        "ReduceOnly" or "Recovering" => $"[yellow]{state}[/]",
        _ => $"[red]{Text(state)}[/]",
    };

    /// <summary>Buy or sell in its colour.</summary>
    public static string Side(string side) => side switch
    {
        "Buy" => "[green]Buy[/]",
        "Sell" => "[red]Sell[/]",
        _ => Text(side),
    };
}
