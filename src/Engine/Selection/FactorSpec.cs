using System.Globalization;

namespace Granary.Engine.Selection;

/// <summary>The configured factor: <c>["MtmAtrMean", true, 120, 0, 1]</c>.</summary>
/// <param name="Name">Name of the factor's class.</param>
/// <param name="Ascending">Smallest factor first, so that the largest are long; false: largest first. (The seed form calls it "if_reverse".)</param>
/// <param name="Window">Candles the factor looks back (back_hour); the range is the factor's.</param>
/// <param name="DiffOrder">Order of fractional differencing (d_num); only 0, none, is supported (formulas §5.6).</param>
/// <param name="Weight">Above 0: how much its order counts among several (<see cref="FactorRanking"/>); one factor alone is not changed by it.</param>
public sealed record FactorSpec(string Name, bool Ascending, int Window, int DiffOrder = 0, decimal Weight = 1)
{
    private const string Form = "[\"Name\", true or false, back_hour, d_num, weight]";

    /// <summary>Name of the factor's column in tables, for example MtmAtrMean_bh_120.</summary>
    public string Column => string.Create(CultureInfo.InvariantCulture, $"{Name}_bh_{Window}");

    /// <summary>Reads the five entries of the configuration and checks them.</summary>
    /// <param name="entries">Name, if_reverse, back_hour, d_num, weight, as text.</param>
    /// <exception cref="ArgumentException">The number of entries, an entry or its range is wrong, or the name unknown; the message says which.</exception>
    public static FactorSpec Parse(IReadOnlyList<string> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count != 5) throw new ArgumentException($"a factor has 5 entries, {Form}; got {entries.Count}", nameof(entries));
        if (!bool.TryParse(entries[1], out var ascending)) throw Wrong("if_reverse", entries[1], "true or false");
        if (!int.TryParse(entries[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var window))
            throw Wrong("back_hour", entries[2], "a whole number of candles");
        if (!int.TryParse(entries[3], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var diffOrder))
            throw Wrong("d_num", entries[3], "0");
        if (!decimal.TryParse(entries[4], NumberStyles.Float, CultureInfo.InvariantCulture, out var weight))
            throw Wrong("weight", entries[4], "a number above 0");
        var spec = new FactorSpec(entries[0], ascending, window, diffOrder, weight);
        spec.Validate();
        return spec;
    }

    /// <summary>Checks that the factor exists and every parameter is in range.</summary>
    /// <exception cref="ArgumentException">It is not so; the message names the parameter, its value and the range, or the known factors.</exception>
    public void Validate()
    {
        FactorCatalog.CheckFactor(Name, Window);
        if (DiffOrder != 0) throw Wrong("d_num", DiffOrder.ToString(CultureInfo.InvariantCulture), "0: fractional differencing is not supported");
        if (Weight <= 0) throw Wrong("weight", Weight.ToString(CultureInfo.InvariantCulture), "a number above 0");
    }

    private static ArgumentException Wrong(string parameter, string value, string expected) =>
        new($"{parameter} of the factor was '{value}', expected {expected}", parameter);
}
