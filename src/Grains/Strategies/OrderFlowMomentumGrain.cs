using Granary.Engine.Signals;
using Granary.Engine.Snapshots;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Strategies;
using Granary.Journal;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Granary.Grains.Strategies;

/// <summary>Signal A for one symbol: a shell around <see cref="OrderFlowMomentum"/>.</summary>
[GrainType("momentum")]
public sealed class OrderFlowMomentumGrain(EngineSettings settings, IJournal journal, ILogger<OrderFlowMomentumGrain> logger)
    : StrategyGrain<OrderFlowMomentum, MomentumDecision>(settings, journal, logger), IOrderFlowMomentumGrain
{
    private protected override string Name => StrategyNames.Momentum;

    /// <inheritdoc/>
    public ValueTask<StrategyAnswer<MomentumDecision>> Evaluate(BarBatch batch) =>
        TakeAsync(batch, (kernel, place) => kernel.Evaluate(batch.Bars[place]));

    private protected override OrderFlowMomentum Create(SymbolSettings settings) => new(settings.Signals.Momentum);

    private protected override OrderFlowMomentum Read(ref SnapshotReader reader, SymbolSettings settings) => OrderFlowMomentum.Read(ref reader, settings.Signals.Momentum);

    private protected override void Write(OrderFlowMomentum kernel, SnapshotWriter writer) => kernel.Write(writer);

    private protected override long NextBarIndex(OrderFlowMomentum kernel) => kernel.NextBarIndex;
}
