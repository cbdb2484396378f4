using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Granary.Exchange.Faults;

/// <summary>Changes the text of an answer or event in the ways in which the venue's texts have changed under its clients.</summary>
internal static partial class Disguise
{
    /// <summary>The text as the fault makes it; unchanged for other kinds.</summary>
    public static byte[] Apply(FaultRule rule, ReadOnlySpan<byte> json)
    {
        var text = Encoding.UTF8.GetString(json);
        return Encoding.UTF8.GetBytes(rule.Kind switch
        {
            FaultKind.FieldAdded => Objects.Replace(text, """{"granaryUnknown":{"a":[1,null]},"""),
            FaultKind.ValueUnknown => Values.Replace(text, "$1\"GRANARY_UNKNOWN\""),
            FaultKind.BalanceEmpty => Balances.Replace(text, "$1\"\""),
            FaultKind.CrossOverstated => Cross.Replace(text, m => m.Groups[1].Value + Raise(m.Groups[2].Value, rule.Value) + "\""),
            _ => text,
        });
    }

    /// <summary>exchangeInfo with the status of every symbol for which the function says so.</summary>
    public static byte[] Halt(ReadOnlySpan<byte> json, Func<string, bool> isHalted) => Encoding.UTF8.GetBytes(Statuses.Replace(
        Encoding.UTF8.GetString(json), m => isHalted(m.Groups[2].Value) ? m.Groups[1].Value + "\"TRADING_HALT\"" : m.Value));

    private static string Raise(string amount, long by) => (decimal.Parse(amount, CultureInfo.InvariantCulture) + by).ToString(CultureInfo.InvariantCulture);

    // An empty object stays one: a field of its own would need no comma.
    [GeneratedRegex("""\{(?=")""")]
    private static partial Regex Objects { get; }

    [GeneratedRegex("""("(?:status|timeInForce|contractType|X|x|f)":)"[A-Z_]+["]""")]
    private static partial Regex Values { get; }

    [GeneratedRegex("""("(?:balance|crossWalletBalance|availableBalance|walletBalance|totalWalletBalance|wb|cw)":)"[-0-9.]+["]""")]
    private static partial Regex Balances { get; }

    [GeneratedRegex("""("cw":")([-0-9.]+)["]""")]
    private static partial Regex Cross { get; }

    [GeneratedRegex("""("symbol":"([A-Z0-9_]+)","pair":[^{]*?"status":)"[A-Z_]+["]""")]
    private static partial Regex Statuses { get; }
}
