using Granary.Engine.Signals;
using Granary.Engine.Snapshots;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Strategies;
using Granary.Journal;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Granary.Grains.Strategies;

/// <summary>Signal C for one symbol: a shell around <see cref="VolatilityRegime"/>.</summary>
[GrainType("regime")]
public sealed class VolatilityRegimeGrain(EngineSettings settings, IJournal journal, ILogger<VolatilityRegimeGrain> logger)
    : StrategyGrain<VolatilityRegime, RegimeDecision>(settings, journal, logger), IVolatilityRegimeGrain
{
    private protected override string Name => StrategyNames.Regime;

    /// <inheritdoc/>
    public ValueTask<StrategyAnswer<RegimeDecision>> Evaluate(BarBatch batch) =>
        TakeAsync(batch, (kernel, place) => kernel.Evaluate(batch.Bars[place]));

    private protected override VolatilityRegime Create(SymbolSettings settings) => new(settings.Signals.Regime);

    private protected override VolatilityRegime Read(ref SnapshotReader reader, SymbolSettings settings) => VolatilityRegime.Read(ref reader, settings.Signals.Regime);

    private protected override void Write(VolatilityRegime kernel, SnapshotWriter writer) => kernel.Write(writer);

    private protected override long NextBarIndex(VolatilityRegime kernel) => kernel.NextBarIndex;
}
