namespace Granary.Backtest.Configuration;

/// <summary>A number in a configuration that can be searched over.</summary>
/// <param name="Name">Its name, for example momentum.ofiThreshold.</param>
/// <param name="IsWhole">Whether it is a whole number.</param>
/// <param name="Get">Reads it.</param>
/// <param name="With">The configuration with another value.</param>
public sealed record Parameter(string Name, bool IsWhole, Func<RunConfig, double> Get, Func<RunConfig, double, RunConfig> With);
