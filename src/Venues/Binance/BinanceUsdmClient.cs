using Granary.Venues.Ports;
using Granary.Venues.Transport;
using Microsoft.Extensions.Logging;

namespace Granary.Venues.Binance;

/// <summary>
/// Binance USDⓈ-M perpetual futures over REST and WebSocket, or anything that speaks the same protocol. One-way position mode only. All members may be
/// called concurrently; the two Run members each at most once at a time.
/// </summary>
public sealed partial class BinanceUsdmClient : IMarketDataPort, ITradingPort, IAccountPort, IDisposable
{
    private readonly BinanceUsdmOptions _options;
    private readonly IStreamTransport _streams;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly BinanceRest _rest;
    private readonly ListenKeys _listenKeys;
    private IDisposable? _owned;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="options">Which venue, and how.</param>
    /// <param name="rest">Carries REST requests.</param>
    /// <param name="streams">Carries streams.</param>
    /// <param name="time">The clock of every timestamp and wait.</param>
    /// <param name="logger">Receives what an operator should know; never a secret.</param>
    /// <exception cref="InvalidOperationException">Real money without both switches.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public BinanceUsdmClient(BinanceUsdmOptions options, IRestTransport rest, IStreamTransport streams, TimeProvider time, ILogger logger)
    {
        options.Validate();
        _options = options;
        _streams = streams;
        _time = time;
        _logger = logger;
        _rest = new BinanceRest(options, rest, time, Counters);
        _listenKeys = new ListenKeys(_rest);
    }

    /// <summary>What was counted since the client was made.</summary>
    public BinanceUsdmCounters Counters { get; } = new();

    /// <summary>Venue time minus ours in milliseconds, as measured last; 0 before the first measurement.</summary>
    public long ClockOffsetMs => _rest.Clock.OffsetMs;

    /// <summary>Round trip of that measurement in milliseconds; the offset is right to half of it.</summary>
    public long ClockRoundTripMs => _rest.Clock.RoundTripMs;

    /// <summary>Request weight used in the running clock minute, by us or by whatever else shares our address.</summary>
    public int WeightUsed => _rest.Budget.Used;

    /// <summary>Request weight of a minute: the configured one, or the venue's own, once it is known, where that is smaller.</summary>
    public int WeightLimit => _rest.Budget.Limit;

    /// <summary>A client with the real transports, <see cref="HttpRestTransport"/> and <see cref="WebSocketStreamTransport"/>.</summary>
    /// <inheritdoc cref="BinanceUsdmClient(BinanceUsdmOptions, IRestTransport, IStreamTransport, TimeProvider, ILogger)"/>
    public static BinanceUsdmClient Connect(BinanceUsdmOptions options, TimeProvider time, ILogger logger)
    {
        options.Validate();
        var rest = new HttpRestTransport(options.RestUrl, time);
        // Market connections are given up when they are silent; a user stream may rightly be silent for hours.
        var streams = new WebSocketStreamTransport(options.StreamUrl, options.RequestTimeout, time, "/private");
        return new BinanceUsdmClient(options, rest, streams, time, logger) { _owned = rest };
    }

    /// <summary>Measures the venue's clock now; otherwise it happens before the first signed request, hourly, and after -1021.</summary>
    /// <exception cref="VenueException">The venue did not answer.</exception>
    public Task SynchroniseClockAsync() => _rest.Clock.SyncAsync();

    /// <summary>Closes the connections of a client made by <see cref="Connect"/>; transports that were handed in stay with their owner.</summary>
    public void Dispose() => _owned?.Dispose();
}
