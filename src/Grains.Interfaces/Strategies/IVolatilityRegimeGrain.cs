using Granary.Engine.Signals;

namespace Granary.Grains.Interfaces.Strategies;

/// <summary>Signal C: volatility regime, a permission rather than a direction.</summary>
[Alias("granary.IVolatilityRegimeGrain")]
public interface IVolatilityRegimeGrain : IStrategyGrain
{
    /// <summary>Takes bars over and decides about each.</summary>
    [Alias("Evaluate")]
    ValueTask<StrategyAnswer<RegimeDecision>> Evaluate(BarBatch batch);
}
