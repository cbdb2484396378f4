using Granary.Engine.Decisions;
using Granary.Engine.Rules;
using Granary.Engine.Snapshots;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Strategies;
using Granary.Journal;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Granary.Grains.Strategies;

/// <summary>A rule for one symbol: a shell around any <see cref="BarRule"/>. Key: symbol/rule.</summary>
[GrainType("rule")]
public sealed class BarRuleGrain(EngineSettings settings, IJournal journal, ILogger<BarRuleGrain> logger)
    : StrategyGrain<BarRule, RuleDecision>(settings, journal, logger), IBarRuleGrain
{
    private protected override string Name => this.GetPrimaryKeyString().Split('/')[1];

    private protected override string Symbol => this.GetPrimaryKeyString().Split('/')[0];

    /// <inheritdoc/>
    public ValueTask<StrategyAnswer<RuleDecision>> Evaluate(BarBatch batch) => TakeAsync(batch, (rule, place) => rule.Evaluate(batch.Bars[place]));

    private protected override BarRule Create(SymbolSettings settings) => RuleCatalog.Create(StrategyList.RuleOf(Name, settings.Rules));

    private protected override BarRule Read(ref SnapshotReader reader, SymbolSettings settings) => BarRule.Read(StrategyList.RuleOf(Name, settings.Rules), ref reader);

    private protected override void Write(BarRule kernel, SnapshotWriter writer) => kernel.Write(writer);

    private protected override long NextBarIndex(BarRule kernel) => kernel.NextBarIndex;
}
