using Granary.Engine.Signals;
using Granary.Engine.Snapshots;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Strategies;
using Granary.Journal;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Granary.Grains.Strategies;

/// <summary>Signal B for one symbol: a shell around <see cref="VwapReversion"/>.</summary>
[GrainType("reversion")]
public sealed class VwapReversionGrain(EngineSettings settings, IJournal journal, ILogger<VwapReversionGrain> logger)
    : StrategyGrain<VwapReversion, ReversionDecision>(settings, journal, logger), IVwapReversionGrain
{
    private protected override string Name => StrategyNames.Reversion;

    /// <inheritdoc/>
    public ValueTask<StrategyAnswer<ReversionDecision>> Evaluate(ReversionBatch batch) =>
        TakeAsync(batch.Bars, (kernel, place) => kernel.Evaluate(batch.Bars.Bars[place], batch.Regimes[place], batch.Momentums[place]));

    private protected override VwapReversion Create(SymbolSettings settings) => new(settings.Signals.Reversion);

    private protected override VwapReversion Read(ref SnapshotReader reader, SymbolSettings settings) => VwapReversion.Read(ref reader, settings.Signals.Reversion);

    private protected override void Write(VwapReversion kernel, SnapshotWriter writer) => kernel.Write(writer);

    private protected override long NextBarIndex(VwapReversion kernel) => kernel.NextBarIndex;
}
