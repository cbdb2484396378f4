namespace Granary.Grains.Interfaces.Strategies;

/// <summary>Signal C: volatility regime, a permission rather than a direction.</summary>
[Alias("granary.IVolatilityRegimeGrain")]
public interface IVolatilityRegimeGrain : IStrategyGrain;
