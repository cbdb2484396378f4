using System.Threading.Channels;

namespace Granary.Silo.Dashboard.Live;

/// <summary>
/// What waits for one client: at most the newest frame of each of its topics. A newer one replaces what was not taken yet, so a client that does not read
/// costs the publisher nothing. One reader; frames may be offered from any thread.
/// </summary>
public sealed class LiveClient
{
    private readonly Lock _gate = new();
    private readonly string[] _topics;
    private readonly LiveFrame?[] _waiting;
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>A client of these topics.</summary>
    /// <param name="topics">Names, each once.</param>
    public LiveClient(IEnumerable<string> topics)
    {
        _topics = [.. topics];
        _waiting = new LiveFrame?[_topics.Length];
    }

    /// <summary>The topics that it watches.</summary>
    public IReadOnlyList<string> Topics => _topics;

    /// <summary>Frames that were replaced before they were taken.</summary>
    public long Conflated { get; private set; }

    /// <summary>Hands over a frame; without effect when its topic is not watched.</summary>
    public void Offer(LiveFrame frame)
    {
        var place = Array.IndexOf(_topics, frame.Topic);
        if (place < 0) return;
        lock (_gate)
        {
            if (_waiting[place] is not null) Conflated++;
            _waiting[place] = frame;
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Completes when there may be something to take.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _signal.Reader.ReadAsync(cancellationToken);

    /// <summary>Takes what waits, in the order of <see cref="Topics"/>.</summary>
    public IReadOnlyList<LiveFrame> Take()
    {
        lock (_gate)
        {
            LiveFrame[] taken = [.. _waiting.OfType<LiveFrame>()];
            Array.Clear(_waiting);
            return taken;
        }
    }
}
