using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Granary.Engine.Grid;

namespace Granary.Engine.Risk;

/// <summary>
/// The client order id of a grid's order, "engine/account/grid/" and then the number of the standing approval, a letter for the purpose (E entry, T take-profit,
/// C close), the number of the rung, a hyphen and the number of the order, numbers in base 36: "g1/main/grid/1aE4f-3c". At most 36 characters, deterministic,
/// readable back, and never the id of an order that was approved by itself. With the order's side it names ladder and rung, so that a fill finds its rung though
/// all else be lost.
/// </summary>
/// <param name="Engine">Engine name, 1 to 4 letters or digits.</param>
/// <param name="Account">Account name, 1 to 8 letters or digits.</param>
/// <param name="Standing">Sequence number of the standing approval, 1 to <see cref="ClientOrderId.SequenceMax"/>.</param>
/// <param name="Purpose">What it does for its rung.</param>
/// <param name="Rung">0 to <see cref="RungMax"/>.</param>
/// <param name="Number">The order's own number, 1 to <see cref="NumberMax"/>; never used twice in a symbol.</param>
public readonly record struct RungOrderId(string Engine, string Account, long Standing, GridPurpose Purpose, int Rung, long Number)
{
    /// <summary>The strategy's name in ids, journal and views.</summary>
    public const string Strategy = "grid";

    /// <summary>Largest number of a rung: three base-36 digits.</summary>
    public const int RungMax = 46_655;

    /// <summary>Largest number of an order: five base-36 digits.</summary>
    public const long NumberMax = 60_466_175;

    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>Largest length of engine and account together: what 36 leave.</summary>
    public const int NamesLengthMax = 36 - 7 - 6 - 1 - 3 - 1 - 5;

    /// <summary>The id of the standing approval that it was minted from; no order has it.</summary>
    public ClientOrderId Approval => new(Engine, Account, Strategy, Standing);

    /// <summary>The id's text.</summary>
    /// <exception cref="InvalidOperationException">A part is out of its range; the message names them all.</exception>
    public override string ToString()
    {
        var isValid = Engine is { Length: > 0 } && Account is { Length: > 0 } && Engine.Length + Account.Length <= NamesLengthMax
            && Standing is > 0 and <= ClientOrderId.SequenceMax && Rung is >= 0 and <= RungMax && Number is > 0 and <= NumberMax && Enum.IsDefined(Purpose);
        if (!isValid)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"no id of a grid's order: engine={Engine} account={Account} standing={Standing} purpose={Purpose} rung={Rung} number={Number}"));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Engine}/{Account}/{Strategy}/{Text(Standing)}{Letter(Purpose)}{Text(Rung)}-{Text(Number)}");
    }

    /// <summary>Reads an id back.</summary>
    /// <returns>False for ids that <see cref="ToString"/> would not have made.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out RungOrderId id)
    {
        id = default;
        var parts = text?.Split('/');
        if (parts is not { Length: 4 } || parts[2] != Strategy || parts[0].Length == 0 || parts[1].Length == 0) return false;
        var (last, hyphen) = (parts[3], parts[3].IndexOf('-', StringComparison.Ordinal));
        var mark = last.AsSpan().IndexOfAny('E', 'T', 'C');
        if (mark <= 0 || hyphen < mark) return false;
        if (!TryRead(last.AsSpan(0, mark), 6, out var standing) || !TryRead(last.AsSpan(mark + 1, hyphen - mark - 1), 3, out var rung)
            || !TryRead(last.AsSpan(hyphen + 1), 5, out var number) || standing == 0 || number == 0)
            return false;
        var purpose = last[mark] switch { 'E' => GridPurpose.Entry, 'T' => GridPurpose.TakeProfit, _ => GridPurpose.Close };
        id = new RungOrderId(parts[0], parts[1], standing, purpose, (int)rung, number);
        return id.Engine.Length + id.Account.Length <= NamesLengthMax && standing <= ClientOrderId.SequenceMax;
    }

    private static char Letter(GridPurpose purpose) => purpose switch { GridPurpose.Entry => 'E', GridPurpose.TakeProfit => 'T', _ => 'C' };

    private static bool TryRead(ReadOnlySpan<char> digits, int lengthMax, out long value)
    {
        value = 0;
        if (digits.Length == 0 || digits.Length > lengthMax || (digits.Length > 1 && digits[0] == '0')) return false;
        foreach (var c in digits)
        {
            var digit = Digits.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0) return false;
            value = (value * 36) + digit;
        }
        return true;
    }

    private static string Text(long value)
    {
        Span<char> digits = stackalloc char[13];
        var start = digits.Length;
        do
        {
            digits[--start] = Digits[(int)(value % 36)];
            value /= 36;
        }
        while (value > 0);
        return new string(digits[start..]);
    }
}
