namespace Granary.Engine.Selection;

/// <summary>Makes a class a factor that the configuration can name (<see cref="FactorCatalog"/>).</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class FactorAttribute : Attribute
{
    /// <summary>The shortest window allowed, candles; default 1.</summary>
    public int WindowMin { get; init; } = 1;

    /// <summary>The longest window allowed, candles; default <see cref="FactorCatalog.WindowMax"/>.</summary>
    public int WindowMax { get; init; } = FactorCatalog.WindowMax;
}
