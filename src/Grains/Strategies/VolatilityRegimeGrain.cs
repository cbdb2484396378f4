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
    : StrategyGrain<VolatilityRegime, RegimeDecision>(StrategyNames.Regime, settings, journal, logger), IVolatilityRegimeGrain
{
    /// <inheritdoc/>
    public ValueTask<StrategyAnswer<RegimeDecision>> Evaluate(BarBatch batch) =>
        TakeAsync(batch, (kernel, place) => kernel.Evaluate(batch.Bars[place]));

    private protected override VolatilityRegime Create(SignalOptions options) => new(options.Regime);

    private protected override VolatilityRegime Read(ref SnapshotReader reader, SignalOptions options) => VolatilityRegime.Read(ref reader, options.Regime);

    private protected override void Write(VolatilityRegime kernel, SnapshotWriter writer) => kernel.Write(writer);

    private protected override long NextBarIndex(VolatilityRegime kernel) => kernel.NextBarIndex;
}
