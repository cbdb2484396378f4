namespace Granary.Engine.Performance;

/// <summary>What is held in one symbol.</summary>
/// <param name="Symbol">Upper-case symbol.</param>
/// <param name="Notional">Signed quantity times mark, quote units; negative is short.</param>
public readonly record struct PortfolioPosition(string Symbol, decimal Notional);
