using System.Diagnostics.CodeAnalysis;

namespace Granary.Engine.Risk;

/// <summary>
/// A client order id "engine/account/strategy/sequence" with the sequence in base 36, deterministic, at most 36 characters of [.A-Za-z0-9:/_-], readable back.
/// The three names hold no '/', so the id has exactly one reading. A value: its text is made when somebody asks for it.
/// </summary>
/// <param name="Engine">Engine name.</param>
/// <param name="Account">Account name.</param>
/// <param name="Strategy">Strategy name.</param>
/// <param name="Sequence">The account's order sequence number, 0 or more.</param>
public readonly record struct ClientOrderId(string Engine, string Account, string Strategy, long Sequence)
{
    /// <summary>Longest id that the venue takes.</summary>
    public const int LengthMax = 36;

    /// <summary>
    /// Characters for engine, account and strategy together: what 36 leave after three separators and seven digits, which are enough for 78 billion orders.
    /// </summary>
    public const int NamesLengthMax = LengthMax - 3 - DigitsMax;

    /// <summary>The largest sequence number of seven base-36 digits.</summary>
    public const long SequenceMax = 78_364_164_095;

    private const int DigitsMax = 7;
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>Whether the names fit an id.</summary>
    /// <param name="engine">Engine name.</param>
    /// <param name="account">Account name.</param>
    /// <param name="strategy">Strategy name.</param>
    /// <param name="problem">What is wrong, or null.</param>
    public static bool IsValid(string engine, string account, string strategy, [NotNullWhen(false)] out string? problem)
    {
        problem = Problem("engine", engine) ?? Problem("account", account) ?? Problem("strategy", strategy);
        if (problem is not null) return false;
        var length = engine.Length + account.Length + strategy.Length;
        problem = length > NamesLengthMax ? $"engine={engine} account={account} strategy={strategy} length={length} max={NamesLengthMax}" : null;
        return problem is null;
    }

    /// <summary>Makes the id.</summary>
    /// <exception cref="ArgumentException">The names are empty, too long, or hold other characters than [.A-Za-z0-9:_-].</exception>
    /// <exception cref="ArgumentOutOfRangeException">The sequence is negative or above <see cref="SequenceMax"/>.</exception>
    public static string Format(string engine, string account, string strategy, long sequence)
    {
        if (!IsValid(engine, account, strategy, out var problem)) throw new ArgumentException($"names do not make a client order id: {problem}");
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sequence, SequenceMax);
        return new ClientOrderId(engine, account, strategy, sequence).ToString();
    }

    /// <summary>The id's text; empty for a value that <see cref="Format"/> would not make, such as the default.</summary>
    public override string ToString()
    {
        Span<char> text = stackalloc char[LengthMax];
        return new string(text[..Write(text)]);
    }

    /// <summary>Writes the text.</summary>
    /// <param name="text">Room for <see cref="LengthMax"/> characters.</param>
    /// <returns>Characters written; 0 for a value that <see cref="Format"/> would not make.</returns>
    internal int Write(Span<char> text)
    {
        if (Engine is null || Sequence is < 0 or > SequenceMax || !IsValid(Engine, Account, Strategy, out _)) return 0;
        Span<char> digits = stackalloc char[DigitsMax];
        var (start, rest) = (digits.Length, Sequence);
        do
        {
            digits[--start] = Digits[(int)(rest % 36)];
            rest /= 36;
        }
        while (rest > 0);
        var length = Part(text, 0, Engine);
        length = Part(text, length, Account);
        length = Part(text, length, Strategy);
        digits[start..].CopyTo(text[length..]);
        return length + digits.Length - start;
    }

    /// <summary>Reads an id back.</summary>
    /// <returns>False for ids that <see cref="Format"/> would not have made: foreign ones.</returns>
    public static bool TryParse(string? text, out ClientOrderId id)
    {
        id = default;
        var parts = text?.Split('/');
        if (parts is not { Length: 4 } || parts[3].Length is 0 or > DigitsMax || !IsValid(parts[0], parts[1], parts[2], out _)) return false;
        long sequence = 0;
        foreach (var c in parts[3])
        {
            var digit = Digits.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0) return false;
            sequence = (sequence * 36) + digit;
        }
        if (parts[3].Length > 1 && parts[3][0] == '0') return false;
        id = new ClientOrderId(parts[0], parts[1], parts[2], sequence);
        return true;
    }

    private static int Part(Span<char> text, int at, string name)
    {
        name.CopyTo(text[at..]);
        text[at + name.Length] = '/';
        return at + name.Length + 1;
    }

    private static string? Problem(string kind, string name)
    {
        var isValid = name.Length > 0;
        foreach (var c in name) isValid &= char.IsAsciiLetterOrDigit(c) || c is '.' or ':' or '_' or '-';
        return isValid ? null : $"{kind}={name} allowed=[.A-Za-z0-9:_-]";
    }
}
