namespace Granary.Engine.Reconciliation;

/// <summary>
/// What the periodic look of one account may cost, in the venue's request weight. Open orders and waiting trigger orders cost 1 each for one symbol and 40 each
/// for all; positions 5 for all; the fills of one symbol 5. So few symbols are asked for one by one, many by account, and what the share leaves over goes to fills.
/// </summary>
/// <param name="WeightPerMinute">Weight a minute that looks may use; 0 or less: no bound.</param>
/// <param name="IntervalMs">Time between two looks, milliseconds, above 0.</param>
public readonly record struct LookBudget(double WeightPerMinute, int IntervalMs)
{
    /// <summary>Weight of a list of all symbols, and so the number of symbols from which on it is not dearer than one by one.</summary>
    public const int WholeAccount = 40;

    /// <summary>Weight of the positions of one symbol or of all.</summary>
    public const int Positions = 5;

    /// <summary>Weight of a page of a symbol's fills.</summary>
    public const int Fills = 5;

    /// <summary>What is needed at once (a start, a stream that came back) waits this much less than the periodic look.</summary>
    private const int UrgentFactor = 4;

    private const double MsPerMinute = 60_000;

    /// <summary>Whether the lists are asked for by account, not one by one.</summary>
    public static bool IsWholeAccount(int symbols) => symbols >= WholeAccount;

    /// <summary>Weight of the lists of so many symbols.</summary>
    /// <param name="symbols">Symbols that take part, 0 or more.</param>
    /// <param name="hasTriggers">Whether trigger orders are looked after.</param>
    public static int ListWeight(int symbols, bool hasTriggers) =>
        symbols <= 0 ? 0 : Positions + (Math.Min(symbols, WholeAccount) * (hasTriggers ? 2 : 1));

    /// <summary>How many symbols' fills a look may ask for besides its lists: at least one, so that the rotation never stands still.</summary>
    public int Audits(int symbols, bool hasTriggers)
    {
        if (symbols <= 0) return 0;
        if (WeightPerMinute <= 0) return symbols;
        var left = (WeightPerMinute * IntervalMs / MsPerMinute) - ListWeight(symbols, hasTriggers);
        return (int)Math.Clamp(left / Fills, 1, symbols);
    }

    /// <summary>How long after the start of a look of this weight the next one may begin, milliseconds: so the share holds in any case.</summary>
    public long PauseMs(int weight, bool isUrgent) =>
        WeightPerMinute <= 0 ? 0 : (long)Math.Ceiling(weight * MsPerMinute / WeightPerMinute / (isUrgent ? UrgentFactor : 1));

    /// <summary>Weight a minute of the periodic looks of so many symbols, all in step.</summary>
    /// <param name="symbols">Symbols of the account.</param>
    /// <param name="due">Symbols whose fills are due at each look.</param>
    /// <param name="hasTriggers">Whether trigger orders are looked after.</param>
    public double PerMinute(int symbols, int due, bool hasTriggers) =>
        (ListWeight(symbols, hasTriggers) + (Math.Min(due, Audits(symbols, hasTriggers)) * Fills)) * MsPerMinute / IntervalMs;
}
