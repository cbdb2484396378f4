namespace Granary.Silo.Metrics;

/// <summary>Prometheus wants seconds; the instruments measure milliseconds, as everything here does. The text format is where one becomes the other.</summary>
internal static class BaseUnit
{
    private const string Milliseconds = "_ms";

    /// <summary>Name in base units, and what values and bounds are divided by.</summary>
    public static (string Name, double Divisor) Of(MetricFamily family) => family.Unit == "ms" && family.Name.EndsWith(Milliseconds, StringComparison.Ordinal)
        ? (family.Name[..^Milliseconds.Length] + "_seconds", 1_000)
        : (family.Name, 1);
}
