namespace Granary.Engine.Selection;

/// <summary>Makes a class a filter that the configuration can name (<see cref="FactorCatalog"/>).</summary>
/// <param name="rule">What the limit means.</param>
/// <param name="limit">The limit where the configuration gives none.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class FilterAttribute(FilterRule rule, double limit) : Attribute
{
    /// <summary>What the limit means.</summary>
    public FilterRule Rule => rule;

    /// <summary>The limit where the configuration gives none; at most 15 digits.</summary>
    public double Limit => limit;

    /// <summary>The shortest window allowed, candles; default 1.</summary>
    public int WindowMin { get; init; } = 1;

    /// <summary>The longest window allowed, candles; default <see cref="FactorCatalog.WindowMax"/>.</summary>
    public int WindowMax { get; init; } = FactorCatalog.WindowMax;
}
