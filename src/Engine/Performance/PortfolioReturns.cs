namespace Granary.Engine.Performance;

/// <summary>Returns of one symbol over the periods of a risk history, oldest first; the histories of a book are of the same periods.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Returns">Simple returns, close over close before less 1; finite.</param>
public sealed record PortfolioReturns(string Symbol, IReadOnlyList<double> Returns);
