namespace Granary.Backtest.Reports;

/// <summary>A number as people read it.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">As text.</param>
public sealed record NamedNumber(string Name, string Value);
