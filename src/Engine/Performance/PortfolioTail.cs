namespace Granary.Engine.Performance;

/// <summary>The tail of a book's profit and loss over one period, quote units; positive is a loss.</summary>
/// <param name="ValueAtRisk">Loss that is exceeded in 1 - confidence of the periods.</param>
/// <param name="ExpectedShortfall">Mean loss of those periods.</param>
public readonly record struct PortfolioTail(double ValueAtRisk, double ExpectedShortfall);
