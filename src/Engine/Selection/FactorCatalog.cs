using System.Reflection;

namespace Granary.Engine.Selection;

/// <summary>
/// The factors and filters that the configuration can name: every class of this assembly with a <see cref="FactorAttribute"/> or a
/// <see cref="FilterAttribute"/>, by the name of the class. A new one is one file and one line of configuration. They are found once, by reflection; a build
/// that trims this assembly must keep its types.
/// </summary>
public static class FactorCatalog
{
    /// <summary>The longest window of any factor or filter: 10,000 candles, which is what a candle service keeps.</summary>
    public const int WindowMax = 10_000;

    private static readonly SortedDictionary<string, (Type Type, FactorAttribute Factor)> Factors = Find<ICandleFactor, FactorAttribute>();
    private static readonly SortedDictionary<string, (Type Type, FilterAttribute Filter)> Filters = Find<ICandleFilter, FilterAttribute>();

    /// <summary>Names of all factors, sorted.</summary>
    public static IReadOnlyCollection<string> FactorNames => Factors.Keys;

    /// <summary>Names of all filters, sorted.</summary>
    public static IReadOnlyCollection<string> FilterNames => Filters.Keys;

    /// <summary>A factor before its first candle.</summary>
    /// <exception cref="ArgumentException">The name is unknown or a parameter out of range; the message says which.</exception>
    public static ICandleFactor CreateFactor(FactorSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        spec.Validate();
        return (ICandleFactor)Activator.CreateInstance(Factors[spec.Name].Type, spec.Window)!;
    }

    /// <summary>A filter before its first candle.</summary>
    /// <exception cref="ArgumentException">The name is unknown or a parameter out of range; the message says which.</exception>
    public static ICandleFilter CreateFilter(FilterSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        spec.Validate();
        return (ICandleFilter)Activator.CreateInstance(Filters[spec.Name].Type, spec.Window)!;
    }

    /// <summary>What a filter's limit means.</summary>
    /// <exception cref="ArgumentException">The name is unknown; the message lists the known ones.</exception>
    public static FilterRule RuleOf(string name) => FilterNamed(name).Filter.Rule;

    /// <summary>The limit in force: the configured one, or the filter's own.</summary>
    /// <exception cref="ArgumentException">The name is unknown; the message lists the known ones.</exception>
    public static decimal LimitOf(FilterSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.Limit ?? (decimal)FilterNamed(spec.Name).Filter.Limit;
    }

    internal static void CheckFactor(string name, int window)
    {
        if (!Factors.TryGetValue(name, out var known)) throw Unknown("factor", name, Factors.Keys);
        CheckWindow("back_hour of the factor", name, window, known.Factor.WindowMin, known.Factor.WindowMax);
    }

    internal static void CheckFilter(string name, int window)
    {
        var filter = FilterNamed(name).Filter;
        CheckWindow("window of the filter", name, window, filter.WindowMin, filter.WindowMax);
    }

    private static (Type Type, FilterAttribute Filter) FilterNamed(string name) =>
        Filters.TryGetValue(name, out var known) ? known : throw Unknown("filter", name, Filters.Keys);

    private static void CheckWindow(string what, string name, int window, int min, int max)
    {
        if (window < min || window > max)
            throw new ArgumentException(FormattableString.Invariant($"{what} {name} was {window}, expected {min} to {max} candles"));
    }

    private static ArgumentException Unknown(string what, string name, IEnumerable<string> known) =>
        new($"there is no {what} '{name}'; known are {string.Join(", ", known)}");

    private static SortedDictionary<string, (Type Type, TAttribute Attribute)> Find<TStatistic, TAttribute>()
        where TAttribute : Attribute
    {
        var found = new SortedDictionary<string, (Type, TAttribute)>(StringComparer.Ordinal);
        foreach (var type in typeof(FactorCatalog).Assembly.GetTypes())
        {
            if (type.GetCustomAttribute<TAttribute>() is not { } attribute) continue;
            if (!typeof(TStatistic).IsAssignableFrom(type) || type.GetConstructor([typeof(int)]) is null)
                throw new InvalidOperationException($"{type} must implement {typeof(TStatistic).Name} and have a public constructor that takes the window");
            found.Add(type.Name, (type, attribute));
        }
        return found;
    }
}
