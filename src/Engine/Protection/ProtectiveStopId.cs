using Granary.Engine.Risk;

namespace Granary.Engine.Protection;

/// <summary>
/// Client ids of protective stops, "engine/account/strategy/sequence.number": the id of the entry whose position the stop protects, and which stop of that
/// position it is, in base 36. Deterministic, at most 36 characters, and told from an order's id by the dot after the last slash; where it would not fit, the
/// strategy is cut, which engine, account and sequence make good.
/// </summary>
public static class ProtectiveStopId
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int NumberDigitsMax = 6;

    /// <summary>Makes the id.</summary>
    /// <param name="openingId">Client order id of the entry.</param>
    /// <param name="number">Which stop of the position, 1 or more.</param>
    /// <exception cref="ArgumentException">The opening id is no id of ours.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number is not 1 to 36^6 - 1.</exception>
    public static string Format(string openingId, long number)
    {
        if (!ClientOrderId.TryParse(openingId, out var opening))
            throw new ArgumentException($"{openingId} is no client order id of this engine", nameof(openingId));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number);
        var digits = "";
        for (var rest = number; rest > 0; rest /= 36) digits = Digits[(int)(rest % 36)] + digits;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(digits.Length, NumberDigitsMax, nameof(number));
        var excess = openingId.Length + 1 + digits.Length - ClientOrderId.LengthMax;
        if (excess <= 0) return $"{openingId}.{digits}";
        var sequence = openingId[(openingId.LastIndexOf('/') + 1)..];
        return $"{opening.Engine}/{opening.Account}/{opening.Strategy[..Math.Max(opening.Strategy.Length - excess, 0)]}/{sequence}.{digits}";
    }

    /// <summary>Reads an id back.</summary>
    /// <param name="text">Any client id.</param>
    /// <param name="engine">Engine name that it must bear.</param>
    /// <param name="account">Account name that it must bear.</param>
    /// <param name="sequence">Sequence of the entry, as text.</param>
    /// <param name="number">Which stop of the position.</param>
    /// <returns>False for ids that are not this engine's and account's protective stops.</returns>
    public static bool TryParse(string text, string engine, string account, out string sequence, out long number)
    {
        (sequence, number) = ("", 0);
        var parts = text.Split('/');
        if (parts.Length != 4 || parts[0] != engine || parts[1] != account) return false;
        var dot = parts[3].IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || parts[3].Length - dot - 1 is < 1 or > NumberDigitsMax) return false;
        foreach (var c in parts[3].AsSpan(dot + 1))
        {
            var digit = Digits.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0) return false;
            number = (number * 36) + digit;
        }
        sequence = parts[3][..dot];
        return number > 0;
    }

    /// <summary>Whether a stop's id belongs to the position that an entry opened.</summary>
    public static bool IsOf(string text, string openingId) => ClientOrderId.TryParse(openingId, out var opening)
        && TryParse(text, opening.Engine, opening.Account, out var sequence, out _) && openingId.EndsWith($"/{sequence}", StringComparison.Ordinal);
}
