namespace Granary.Silo.Configuration.Binding;

/// <summary>The smallest and the largest value of a numeric option, both allowed.</summary>
/// <param name="min">Smallest value.</param>
/// <param name="max">Largest value.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WithinAttribute(double min, double max) : Attribute
{
    /// <summary>Smallest value.</summary>
    public double Min { get; } = min;

    /// <summary>Largest value.</summary>
    public double Max { get; } = max;

    /// <summary>Whether <see cref="Min"/> itself is not allowed.</summary>
    public bool IsAbove { get; init; }
}
