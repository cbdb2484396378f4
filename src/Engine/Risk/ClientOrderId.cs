using System.Diagnostics.CodeAnalysis;

namespace Granary.Engine.Risk;

/// <summary>
/// A client order id "engine/account/strategy/sequence" with the sequence in base 36, deterministic, at most 36 characters of [.A-Za-z0-9:/_-], readable back.
/// An order that is placed as part of an approved one has that one's id with its own number behind a hyphen, "engine/account/strategy/sequence-child".
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
    /// Characters for engine, account and strategy together: what 36 leave after three separators, six digits, which are enough for two billion orders, a hyphen
    /// and two digits of a child.
    /// </summary>
    public const int NamesLengthMax = LengthMax - 3 - DigitsMax - 1 - ChildDigitsMax;

    /// <summary>The largest sequence number of six base-36 digits.</summary>
    public const long SequenceMax = 2_176_782_335;

    /// <summary>The largest number of a child: two base-36 digits.</summary>
    public const int ChildMax = 1_295;

    private const int DigitsMax = 6;
    private const int ChildDigitsMax = 2;
    private const char ChildMark = '-';
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>Which part of the approved order this is, 1 to <see cref="ChildMax"/>; 0, the default, for the approved order itself.</summary>
    public int Child { get; init; }

    /// <summary>The approved order that this is a part of, or itself.</summary>
    public ClientOrderId Parent => this with { Child = 0 };

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
        if (Engine is null || Sequence is < 0 or > SequenceMax || Child is < 0 or > ChildMax || !IsValid(Engine, Account, Strategy, out _)) return 0;
        var length = Part(text, 0, Engine);
        length = Part(text, length, Account);
        length = Part(text, length, Strategy);
        length = Number(text, length, Sequence);
        if (Child == 0) return length;
        text[length] = ChildMark;
        return Number(text, length + 1, Child);
    }

    /// <summary>The id of the approved order that an order is a part of; of a grid's order that of the standing approval.</summary>
    /// <param name="text">Any client order id.</param>
    /// <returns>The same text unless it is a part's.</returns>
    public static string ParentOf(string text) =>
        TryParse(text, out var id) ? id.Child > 0 ? id.Parent.ToString() : text : RungOrderId.TryParse(text, out var rung) ? rung.Approval.ToString() : text;

    /// <summary>Reads an id back.</summary>
    /// <returns>False for ids that <see cref="Format"/> would not have made: foreign ones.</returns>
    public static bool TryParse(string? text, out ClientOrderId id)
    {
        id = default;
        var parts = text?.Split('/');
        if (parts is not { Length: 4 } || !IsValid(parts[0], parts[1], parts[2], out _)) return false;
        var last = parts[3].AsSpan();
        var mark = last.IndexOf(ChildMark);
        long child = 0;
        if (mark >= 0 && (!TryRead(last[(mark + 1)..], ChildDigitsMax, out child) || child == 0)) return false;
        if (!TryRead(mark < 0 ? last : last[..mark], DigitsMax, out var sequence)) return false;
        id = new ClientOrderId(parts[0], parts[1], parts[2], sequence) { Child = (int)child };
        return true;
    }

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

    private static int Number(Span<char> text, int at, long value)
    {
        Span<char> digits = stackalloc char[DigitsMax];
        var (start, rest) = (digits.Length, value);
        do
        {
            digits[--start] = Digits[(int)(rest % 36)];
            rest /= 36;
        }
        while (rest > 0);
        digits[start..].CopyTo(text[at..]);
        return at + digits.Length - start;
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
