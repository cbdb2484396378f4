using Granary.Engine.Signals;

namespace Granary.Grains.Interfaces.Strategies;

/// <summary>Signal B: VWAP mean reversion.</summary>
[Alias("granary.IVwapReversionGrain")]
public interface IVwapReversionGrain : IStrategyGrain
{
    /// <summary>Takes bars over, with what the regime and momentum said about them, and decides about each.</summary>
    [Alias("Evaluate")]
    ValueTask<StrategyAnswer<ReversionDecision>> Evaluate(ReversionBatch batch);
}
