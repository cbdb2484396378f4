using System.Diagnostics.Metrics;
using Granary.Grains.Gateway;
#if EMBEDDED_RUNTIME
using Orleans.Embedded;
#endif

namespace Granary.Silo.Metrics;

/// <summary>What waits and what turns, as granary_grain_* and granary_market_*, on the meter "Granary". Microsoft Orleans measures its grains itself, under names of its own.</summary>
public sealed class RuntimeMetrics
{
    private readonly Histogram<double> _answerMs;

    /// <summary>Creates the instruments.</summary>
    /// <param name="meters">The host's factory; the meter ends with it.</param>
    /// <param name="services">The host's services.</param>
    public RuntimeMetrics(IMeterFactory meters, IServiceProvider services)
    {
        var meter = meters.Create(new MeterOptions("Granary"));
        _answerMs = meter.CreateHistogram<double>("granary_grain_answer_ms", "ms", "From asking a grain for its view until it answers, waiting and turn together, by kind of grain.");
        if (services.GetService<MarketGateway>() is { } gateway)
        {
            meter.CreateObservableGauge(
                "granary_market_pending_trades", () => gateway.Pending.Select(static p => new Measurement<int>(p.Trades, new KeyValuePair<string, object?>("symbol", p.Symbol))),
                "trades", "Trades received and not yet handed to their symbol's grain.");
        }
#if EMBEDDED_RUNTIME
        if (services.GetService<EmbeddedSilo>() is { } silo) Observe(meter, silo);
#endif
    }

    /// <summary>Takes the time that a grain took to answer.</summary>
    /// <param name="kind">risk, symbol or kill switch.</param>
    /// <param name="time">The time.</param>
    public void Answered(string kind, TimeSpan time) => _answerMs.Record(time.TotalMilliseconds, new KeyValuePair<string, object?>("grain", kind));

#if EMBEDDED_RUNTIME
    private static void Observe(Meter meter, EmbeddedSilo silo)
    {
        meter.CreateObservableCounter("granary_grain_turns_total", () => ByClass(static c => c.TurnCount), "turns", "Turns of grains, by kind.");
        meter.CreateObservableGauge("granary_grain_queued_calls", () => ByClass(static c => c.QueuedCallCount), "calls", "Calls that wait for their grain's turn, by kind.");
        meter.CreateObservableGauge("granary_grain_activations", () => ByClass(static c => c.ActivationCount), "activations", "Grains in memory, by kind.");
        meter.CreateObservableGauge("granary_grain_turn_longest_ms", () => silo.GetStatistics().LongestTurn.TotalMilliseconds, "ms", "The longest turn since the start.");
        meter.CreateObservableGauge("granary_grain_queue_longest_calls", () => silo.GetStatistics().LongestQueueCount, "calls", "Calls that wait at the grain with the most of them.");
        meter.CreateObservableCounter("granary_grain_timeouts_total", () => silo.GetStatistics().TimeoutCount, "calls", "Calls that were not answered in time.");
        meter.CreateObservableCounter("granary_grain_overflows_total", () => silo.GetStatistics().OverflowCount, "calls", "Calls refused because a grain's queue was full.");

        IEnumerable<Measurement<long>> ByClass(Func<GrainClassStatistics, long> read) =>
            silo.GetStatistics().GrainClasses.Select(c => new Measurement<long>(read(c), new KeyValuePair<string, object?>("grain", c.GrainType)));
    }
#endif
}
