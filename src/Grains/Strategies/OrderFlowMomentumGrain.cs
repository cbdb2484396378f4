using System.Text.Json;
using Granary.Engine.Signals;
using Granary.Grains.Configuration;
using Granary.Grains.Explanations;
using Granary.Grains.Interfaces.Strategies;
using Orleans.Runtime;

namespace Granary.Grains.Strategies;

/// <summary>
/// Signal A for one symbol: a shell around <see cref="OrderFlowMomentum"/>. Its state is a function of the bars it was given; after a restart it asks for
/// the ones it lacks.
/// </summary>
[GrainType("momentum")]
public sealed class OrderFlowMomentumGrain(EngineSettings settings) : Grain, IOrderFlowMomentumGrain
{
    private OrderFlowMomentum _kernel = new(settings.Momentum);
    private bool _started;

    /// <inheritdoc/>
    public ValueTask Ping() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask<StrategyAnswer> Evaluate(BarBatch batch)
    {
        var first = batch.Bars[0].Bar.Index;
        var needed = _started ? _kernel.NextBarIndex : 0;
        if (batch.Restart) _kernel = new OrderFlowMomentum(settings.Momentum);
        else if (first > needed) return ValueTask.FromResult(new StrategyAnswer(needed, false, StrategyNames.Momentum, null, 0, ""));

        MomentumDecision? decision = null;
        foreach (var bar in batch.Bars)
        {
            if (_started && !batch.Restart && bar.Bar.Index < _kernel.NextBarIndex) continue;
            decision = _kernel.Evaluate(bar);
            _started = true;
        }

        return ValueTask.FromResult(new StrategyAnswer(
            _kernel.NextBarIndex, true, StrategyNames.Momentum, decision?.Side, decision?.Strength ?? 0,
            decision is null ? "" : JsonSerializer.Serialize(decision, WhyJson.Options)));
    }
}
