namespace Granary.Grains.Interfaces.Strategies;

/// <summary>Signal A: order-flow momentum.</summary>
[Alias("granary.IOrderFlowMomentumGrain")]
public interface IOrderFlowMomentumGrain : IStrategyGrain;
