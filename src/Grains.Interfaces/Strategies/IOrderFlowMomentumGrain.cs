using Granary.Engine.Signals;

namespace Granary.Grains.Interfaces.Strategies;

/// <summary>Signal A: order-flow momentum.</summary>
[Alias("granary.IOrderFlowMomentumGrain")]
public interface IOrderFlowMomentumGrain : IStrategyGrain
{
    /// <summary>Takes bars over and decides about each.</summary>
    [Alias("Evaluate")]
    ValueTask<StrategyAnswer<MomentumDecision>> Evaluate(BarBatch batch);
}
