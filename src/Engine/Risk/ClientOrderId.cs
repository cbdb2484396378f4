using System.Diagnostics.CodeAnalysis;

namespace Granary.Engine.Risk;

/// <summary>
/// A client order id "engine/account/strategy/sequence" with the sequence in base 36, deterministic, at most 36 characters of [.A-Za-z0-9:/_-], readable back.
/// The three names hold no '/', so the id has exactly one reading.
/// </summary>
/// <param name="Engine">Engine name.</param>
/// <param name="Account">Account name.</param>
/// <param name="Strategy">Strategy name.</param>
/// <param name="Sequence">The account's order sequence number, 0 or more.</param>
public sealed record ClientOrderId(string Engine, string Account, string Strategy, long Sequence)
{
    /// <summary>Longest id that the venue takes.</summary>
    public const int LengthMax = 36;

    /// <summary>
    /// Characters for engine, account and strategy together: what 36 leave after three separators and seven digits, which are enough for 78 billion orders.
    /// </summary>
    public const int NamesLengthMax = LengthMax - 3 - 7;

    /// <summary>The largest sequence number of seven base-36 digits.</summary>
    public const long SequenceMax = 78_364_164_095;

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
        Span<char> digits = stackalloc char[7];
        var start = digits.Length;
        do
        {
            digits[--start] = Digits[(int)(sequence % 36)];
            sequence /= 36;
        }
        while (sequence > 0);
        return $"{engine}/{account}/{strategy}/{digits[start..]}";
    }

    /// <summary>Reads an id back.</summary>
    /// <returns>False for ids that <see cref="Format"/> would not have made: foreign ones.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ClientOrderId? id)
    {
        id = null;
        var parts = text?.Split('/');
        if (parts is not { Length: 4 } || parts[3].Length is 0 or > 7 || !IsValid(parts[0], parts[1], parts[2], out _)) return false;
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

    private static string? Problem(string kind, string name)
    {
        var isValid = name.Length > 0;
        foreach (var c in name) isValid &= char.IsAsciiLetterOrDigit(c) || c is '.' or ':' or '_' or '-';
        return isValid ? null : $"{kind}={name} allowed=[.A-Za-z0-9:_-]";
    }
}
