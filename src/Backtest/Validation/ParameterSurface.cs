namespace Granary.Backtest.Validation;

/// <summary>A measure over two parameters.</summary>
/// <param name="X">Name of the parameter across.</param>
/// <param name="Y">Name of the parameter down.</param>
/// <param name="Xs">Its values.</param>
/// <param name="Ys">Its values.</param>
/// <param name="Values">The measure by row (Y) and column (X); null where undefined or not tried.</param>
public sealed record ParameterSurface(string X, string Y, IReadOnlyList<double> Xs, IReadOnlyList<double> Ys, IReadOnlyList<IReadOnlyList<double?>> Values);
