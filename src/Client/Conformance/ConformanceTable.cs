namespace Granary.Client.Conformance;

/// <summary>A table that can be computed.</summary>
/// <param name="Name">Name of its file without .csv or .csv.gz.</param>
/// <param name="Write">Computes and writes it; throws <see cref="ConformanceException"/> when a parameter or an input cannot be used.</param>
public sealed record ConformanceTable(string Name, Action<CsvTableWriter> Write);
