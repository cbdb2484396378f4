namespace Granary.Backtest.Checks;

/// <summary>The names of the warnings, which are also the headings of their explanations.</summary>
public static class WarningNames
{
    /// <summary>The equity stands still for a large part of the run.</summary>
    public const string FlatEquity = "flat-equity";

    /// <summary>Orders were filled by trades long after they arrived.</summary>
    public const string StaleFills = "stale-fills";

    /// <summary>Too few trades to say anything.</summary>
    public const string FewTrades = "few-trades";

    /// <summary>One month makes all the profit.</summary>
    public const string OneMonth = "one-month";

    /// <summary>One hour of the day makes all the profit.</summary>
    public const string OneHour = "one-hour";

    /// <summary>Too many parameters for the number of trades.</summary>
    public const string ManyParameters = "many-parameters";

    /// <summary>Fills better than the market gave.</summary>
    public const string FillsBeatBook = "fills-better-than-book";

    /// <summary>Costs below what anybody pays, or a profit that little more of them eats.</summary>
    public const string LowCosts = "low-costs";

    /// <summary>Orders depend on how much came before.</summary>
    public const string WarmUp = "warm-up";

    /// <summary>A decision depends on what comes after it.</summary>
    public const string LookAhead = "look-ahead";

    /// <summary>Only symbols that are still there at the end.</summary>
    public const string Survivorship = "survivorship";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        FlatEquity, StaleFills, FewTrades, OneMonth, OneHour, ManyParameters, FillsBeatBook, LowCosts, WarmUp, LookAhead, Survivorship,
    ];
}
