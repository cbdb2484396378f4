namespace Granary.Grains.Interfaces.Strategies;

/// <summary>Signal B: VWAP mean reversion.</summary>
[Alias("granary.IVwapReversionGrain")]
public interface IVwapReversionGrain : IStrategyGrain;
