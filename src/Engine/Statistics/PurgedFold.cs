namespace Granary.Engine.Statistics;

/// <summary>One fold of a purged cross-validation (formulas §10.1).</summary>
/// <param name="TestFrom">First test sample.</param>
/// <param name="TestTo">The one after the last test sample.</param>
/// <param name="Train">Samples to learn from, rising.</param>
public sealed record PurgedFold(int TestFrom, int TestTo, IReadOnlyList<int> Train);
