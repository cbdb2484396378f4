using System.Globalization;

namespace Granary.Engine.Selection;

/// <summary>A configured filter: <c>["ChgPctMax", 24]</c>, or <c>["ChgPctMax", 24, 0.2]</c> with a limit of one's own.</summary>
/// <param name="Name">Name of the filter's class.</param>
/// <param name="Window">Candles the filter looks back; the range is the filter's.</param>
/// <param name="Limit">The largest value or rank that is kept (<see cref="FilterRule"/>); null for the filter's own limit.</param>
public sealed record FilterSpec(string Name, int Window, decimal? Limit = null)
{
    /// <summary>Name of the filter's column in tables, for example ChgPctMax_fl_24.</summary>
    public string Column => string.Create(CultureInfo.InvariantCulture, $"{Name}_fl_{Window}");

    /// <summary>Reads the two or three entries of the configuration and checks them.</summary>
    /// <param name="entries">Name, window and perhaps the limit, as text.</param>
    /// <exception cref="ArgumentException">The number of entries, an entry or its range is wrong, or the name unknown; the message says which.</exception>
    public static FilterSpec Parse(IReadOnlyList<string> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count is not (2 or 3))
            throw new ArgumentException($"a filter has 2 or 3 entries, [\"Name\", window] or [\"Name\", window, limit]; got {entries.Count}", nameof(entries));
        if (!int.TryParse(entries[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var window))
            throw Wrong("window", entries[1], "a whole number of candles");
        decimal? limit = null;
        if (entries.Count == 3)
        {
            if (!decimal.TryParse(entries[2], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) throw Wrong("limit", entries[2], "a number");
            limit = number;
        }
        var spec = new FilterSpec(entries[0], window, limit);
        spec.Validate();
        return spec;
    }

    /// <summary>Checks that the filter exists and its window and limit are in range.</summary>
    /// <exception cref="ArgumentException">It is not so; the message names the parameter, its value and the range, or the known filters.</exception>
    public void Validate()
    {
        FactorCatalog.CheckFilter(Name, Window);
        if (FactorCatalog.RuleOf(Name) == FilterRule.RankMax && Limit is { } rank && (rank < 1 || rank != decimal.Truncate(rank)))
            throw Wrong("limit", rank.ToString(CultureInfo.InvariantCulture), "a whole number of ranks, 1 or more");
    }

    private static ArgumentException Wrong(string parameter, string value, string expected) =>
        new($"{parameter} of a filter was '{value}', expected {expected}", parameter);
}
