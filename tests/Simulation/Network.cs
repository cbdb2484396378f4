using Granary.Exchange.Protocol;
using Granary.Silo.InProcess;
using Granary.Simulation.Watch;
using Granary.Venues.Transport;

namespace Granary.Simulation;

/// <summary>What lies between engine and exchange, and under the journal: delays, losses, outages. Drawn from the seed, the same for every life of the engine.</summary>
internal sealed class Network(WorldOptions options, RestProtocol rest, StreamProtocol streams)
{
    private readonly SplitMix _random = new(options.Seed ^ 0xA5A5A5A5A5A5A5A5UL);
    private readonly SplitMix _disk = new(options.Seed ^ 0x5A5A5A5A5A5A5A5AUL);

    /// <summary>Whether no connection can be opened and every request fails.</summary>
    public bool IsDown { get; set; }

    /// <summary>Whether connections fail now in the middle of a pong.</summary>
    public bool ArePongsFailing { get; set; }

    /// <summary>Connections that ended so.</summary>
    public int FailedPongs { get; set; }

    /// <summary>Longest extra delay of REST requests now.</summary>
    public TimeSpan RestDelayMax { get; set; }

    /// <summary>Longest extra delay of frames now.</summary>
    public TimeSpan FrameDelayMax { get; set; }

    /// <summary>Longest time that the journal takes to answer now.</summary>
    public TimeSpan JournalDelayMax { get; set; }

    public InProcessStreamTransport Streams(TimeProvider time) => new(streams, time) { Latency = FrameLatency };

    /// <summary>Holds calls that are to hang.</summary>
    public Snare Snare { get; } = new();

    /// <summary>What every engine on this network has asked of the exchange.</summary>
    public RequestTally Requests { get; } = new();

    public IRestTransport Rest(TimeProvider time) => new WatchedRest(new InProcessRestTransport(rest, time) { Latency = RestLatency, Faults = Fault }, Requests, Snare);

    public TimeSpan JournalDelay() => JournalDelayMax > TimeSpan.Zero ? _disk.Between(TimeSpan.Zero, JournalDelayMax) : TimeSpan.Zero;

    private TimeSpan FrameLatency() => _random.Between(options.LatencyMin, options.LatencyMax + FrameDelayMax);

    private TimeSpan RestLatency() => _random.Between(
        options.LatencyMin, (options.RestLatencyMax > TimeSpan.Zero ? options.RestLatencyMax : options.LatencyMax) + RestDelayMax);

    private NetworkFault Fault(RestRequest request) =>
        IsDown ? NetworkFault.RequestLost
        : request is { Path: "/fapi/v1/order", Method: "POST" } && _random.Unit() < options.AnswerLossProbability ? NetworkFault.AnswerLost
        : NetworkFault.None;
}
