using System.Diagnostics.Metrics;
using Granary.Venues.Binance;

namespace Granary.Silo.Metrics;

/// <summary>
/// What the venue's clients count, as granary_venue_*, on the meter "Granary", with the client's name as label. Counters count since the client was made.
/// </summary>
public sealed class VenueMetrics
{
    private readonly Meter _meter;
    private readonly IReadOnlyList<(BinanceUsdmClient Client, KeyValuePair<string, object?> Label)> _clients;

    /// <summary>Creates the instruments; they are read when somebody looks.</summary>
    /// <param name="meters">The host's factory; the meter ends with it.</param>
    /// <param name="clients">The clients, by unique name.</param>
    public VenueMetrics(IMeterFactory meters, IReadOnlyList<KeyValuePair<string, BinanceUsdmClient>> clients)
    {
        _meter = meters.Create(new MeterOptions("Granary"));
        _clients = [.. clients.Select(static pair => (pair.Value, KeyValuePair.Create("client", (object?)pair.Key)))];
        Counter("granary_venue_requests_total", "requests", "REST requests sent.", static counters => counters.Requests);
        Counter("granary_venue_query_retries_total", "requests", "Queries repeated after a transient failure.", static counters => counters.QueryRetries);
        Counter("granary_venue_clock_resyncs_total", "measurements", "Clock measurements forced by -1021.", static counters => counters.ClockResyncs);
        Counter("granary_venue_reconnects_total", "connections", "Stream connections given up or lost.", static counters => counters.Reconnects);
        Counter("granary_venue_renewals_total", "connections", "Connections renewed without an interruption.", static counters => counters.Renewals);
        Counter("granary_venue_repeats_total", "events", "Events that a renewed connection repeated, left out.", static counters => counters.Repeats);
        Counter("granary_venue_silent_streams_total", "streams", "Streams not served or fallen silent.", static counters => counters.SilentStreams);
        Counter("granary_venue_market_rejects_total", "frames", "Market frames that could not be understood.", static counters => counters.MarketRejects);
        Counter("granary_venue_user_rejects_total", "frames", "User frames that could not be understood.", static counters => counters.UserRejects);
        Counter("granary_venue_handler_faults_total", "faults", "Exceptions that a handler threw into a read loop.", static counters => counters.HandlerFaults);
        Named(
            "granary_venue_unhandled_events_total", "events", "Events that are not used or not known, by name.", "event",
            static counters => counters.UnhandledEvents);
        Named(
            "granary_venue_unknown_fields_total", "fields", "Fields and values that the client does not know, by name.", "field",
            static counters => counters.UnknownFields);
        Gauge("granary_venue_weight_used", "Request weight used in the running minute.", static client => client.WeightUsed);
        Gauge("granary_venue_weight_limit", "Request weight of a minute.", static client => client.WeightLimit);
    }

    private void Counter(string name, string unit, string help, Func<BinanceUsdmCounters, long> read) => _meter.CreateObservableCounter(
        name, () => _clients.Select(one => new Measurement<long>(read(one.Client.Counters), one.Label)), unit, help);

    private void Named(string name, string unit, string help, string label, Func<BinanceUsdmCounters, IReadOnlyList<KeyValuePair<string, long>>> read) =>
        _meter.CreateObservableCounter(
            name,
            () => _clients.SelectMany(one => read(one.Client.Counters).Select(
                pair => new Measurement<long>(pair.Value, one.Label, KeyValuePair.Create(label, (object?)pair.Key)))),
            unit,
            help);

    private void Gauge(string name, string help, Func<BinanceUsdmClient, int> read) => _meter.CreateObservableGauge(
        name, () => _clients.Select(one => new Measurement<int>(read(one.Client), one.Label)), "1", help);
}
