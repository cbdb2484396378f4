using Granary.Engine.Rules;

namespace Granary.Grains.Interfaces.Strategies;

/// <summary>A rule of one's own for one symbol. Key: symbol/rule.</summary>
[Alias("granary.IBarRuleGrain")]
public interface IBarRuleGrain : IStrategyGrain
{
    /// <summary>Takes bars over and decides about each.</summary>
    [Alias("Evaluate")]
    ValueTask<StrategyAnswer<RuleDecision>> Evaluate(BarBatch batch);
}
