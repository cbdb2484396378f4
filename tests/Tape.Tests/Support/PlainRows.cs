using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Granary.Engine.Market;

namespace Granary.Tape.Tests.Support;

/// <summary>The slow and obvious reading of a single line, times in milliseconds; null when it is no row.</summary>
public static partial class PlainRows
{
    [GeneratedRegex(@"^-?(\d+\.?\d*|\.\d+)$", RegexOptions.ECMAScript)]
    private static partial Regex Number { get; }

    [GeneratedRegex(@"^\d{1,18}$", RegexOptions.ECMAScript)]
    private static partial Regex Whole { get; }

    public static AggTrade? AggTrade(string line)
    {
        var f = line.Split(',');
        if (f.Length != 7 || Id(f[0]) is not { } id || E8(f[1]) is not { } price || E8(f[2]) is not { } quantity || Time(f[5]) is not { } time || Flag(f[6]) is not { } maker)
            return null;
        if (price <= 0 || quantity <= 0) return null;
        if (f[3].Length == 0 && f[4].Length == 0) return new AggTrade(id, time, price, quantity, 0, 1, maker);
        if (Id(f[3]) is not { } first || Id(f[4]) is not { } last || last < first || last - first + 1 > int.MaxValue) return null;
        return new AggTrade(id, time, price, quantity, first, (int)(last - first + 1), maker);
    }

    public static AggTrade? Trade(string line)
    {
        var f = line.Split(',');
        if (f.Length != 6 || Id(f[0]) is not { } id || E8(f[1]) is not { } price || E8(f[2]) is not { } quantity || E8(f[3]) is not { } quote || Time(f[4]) is not { } time
            || Flag(f[5]) is not { } maker || price <= 0 || quantity <= 0)
        {
            return null;
        }
        var product = (decimal)price * quantity / Fixed8.One;
        return Math.Abs(product - quote) <= (0.01m * product) + (0.01m * Fixed8.One) ? new AggTrade(id, time, price, quantity, id, 1, maker) : null;
    }

    public static Kline? Kline(string line)
    {
        var f = line.Split(',');
        if (f.Length != 12 || Time(f[0]) is not { } open || Time(f[6]) is not { } close || close < open || Id(f[8]) is not { } count || count > int.MaxValue) return null;
        var prices = f[1..5].Select(Decimal).ToList();
        var volumes = new[] { f[5], f[7], f[9], f[10] }.Select(Decimal).ToList();
        if (prices.Any(p => p is null or <= 0) || volumes.Any(v => v is null or < 0)) return null;
        return new Kline(
            open, prices[0]!.Value, prices[1]!.Value, prices[2]!.Value, prices[3]!.Value, volumes[0]!.Value, close, volumes[1]!.Value, (int)count, volumes[2]!.Value,
            volumes[3]!.Value);
    }

    public static FundingRate? Funding(string line)
    {
        var f = line.Split(',');
        if (f.Length != 3 || Time(f[0]) is not { } time || Id(f[1]) is not (>= 1 and <= 24) || Decimal(f[2]) is not (>= -1 and <= 1) || Decimal(f[2]) is not { } rate) return null;
        return new FundingRate(time, rate);
    }

    public static BookTicker? Ticker(string line)
    {
        var f = line.Split(',');
        if (f.Length != 7 || Id(f[0]) is not { } id || Time(f[5]) is not { } time || Time(f[6]) is null) return null;
        var numbers = f[1..5].Select(E8).ToList();
        return numbers.Any(n => n is null or < 0) ? null : new BookTicker(id, time, numbers[0]!.Value, numbers[1]!.Value, numbers[2]!.Value, numbers[3]!.Value);
    }

    private static long? Id(string text) => Whole.IsMatch(text) ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    private static long? Time(string text) => text.Length == 13 && Id(text) is >= 1_230_768_000_000 and < 4_102_444_800_000 ? Id(text) : null;

    private static bool? Flag(string text) => text switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    // Whatever fits a fixed-point number however it is written, and beyond that numbers written with up to 28 digits.
    private static decimal? Decimal(string text)
    {
        if (E8(text) is { } e8) return Fixed8.ToDecimal(e8);
        if (!Number.IsMatch(text) || text.Count(char.IsAsciiDigit) > 28) return null;
        return decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);
    }

    private static long? E8(string text)
    {
        if (!Number.IsMatch(text)) return null;
        var (whole, fraction) = text.Split('.') is [var w, var f] ? (w, f.TrimEnd('0')) : (text, "");
        if (fraction.Length > 8) return null;
        var isNegative = whole.StartsWith('-');
        var scaled = BigInteger.Parse("0" + whole.TrimStart('-') + fraction.PadRight(8, '0'), CultureInfo.InvariantCulture);
        return scaled > Fixed8.Max ? null : isNegative ? -(long)scaled : (long)scaled;
    }
}
