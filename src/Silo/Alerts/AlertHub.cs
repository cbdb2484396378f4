using System.Threading.Channels;

namespace Granary.Silo.Alerts;

/// <summary>
/// Takes signals from anywhere without ever making their senders wait, keeps the <see cref="AlertBook"/>, and hands what it says to every lane.
/// </summary>
public sealed class AlertHub : BackgroundService
{
    /// <summary>Signals that can wait: 4,096; more are counted by <see cref="SignalsLost"/>.</summary>
    public const int SignalsMax = 4_096;

    /// <summary>Notices that are kept to look at: 200.</summary>
    public const int RecentMax = 200;

    /// <summary>Distance between two looks at what is to be told.</summary>
    public static readonly TimeSpan TickTime = TimeSpan.FromSeconds(1);

    private readonly AlertBook _book;
    private readonly IReadOnlyList<AlertLane> _lanes;
    private readonly TimeProvider _time;
    private readonly Channel<AlertSignal> _signals;
    private readonly LinkedList<AlertNotice> _recent = [];
    private readonly Lock _gate = new();
    private long _signalsLost;

    /// <summary>Creates a hub; the host starts it.</summary>
    /// <param name="policy">How often and how loudly alerts are told.</param>
    /// <param name="lanes">Whom they are told.</param>
    /// <param name="time">The silo's clock.</param>
    public AlertHub(AlertPolicy policy, IReadOnlyList<AlertLane> lanes, TimeProvider time)
    {
        _book = new AlertBook(policy);
        _lanes = lanes;
        _time = time;
        _signals = Channel.CreateBounded<AlertSignal>(new BoundedChannelOptions(SignalsMax) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite }, _ => Interlocked.Increment(ref _signalsLost));
    }

    /// <summary>Whom alerts are told.</summary>
    public IReadOnlyList<AlertLane> Lanes => _lanes;

    /// <summary>Signals that found no room.</summary>
    public long SignalsLost => Interlocked.Read(ref _signalsLost) + Read(static book => book.Overflow);

    /// <summary>The alerts that stand.</summary>
    public IReadOnlyList<AlertNotice> Active => Read(static book => book.Active);

    /// <summary>The latest notices, newest first.</summary>
    public IReadOnlyList<AlertNotice> Recent
    {
        get
        {
            lock (_gate) return [.. _recent];
        }
    }

    /// <summary>Takes a signal; never waits and never throws.</summary>
    public void Post(AlertSignal signal) => _signals.Writer.TryWrite(signal);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll([.. _lanes.Select(lane => lane.RunAsync(stoppingToken)), TellAsync(stoppingToken)]);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The one way this ends.
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Step();
            await Task.Delay(TickTime, _time, cancellationToken);
        }
    }

    private void Step()
    {
        lock (_gate)
        {
            var nowMs = _time.GetUtcNow().ToUnixTimeMilliseconds();
            while (_signals.Reader.TryRead(out var signal)) _book.Take(signal, nowMs);
            foreach (var notice in _book.Tick(nowMs))
            {
                _recent.AddFirst(notice);
                if (_recent.Count > RecentMax) _recent.RemoveLast();
                foreach (var lane in _lanes) lane.Post(notice);
            }
        }
    }

    private T Read<T>(Func<AlertBook, T> read)
    {
        lock (_gate) return read(_book);
    }
}
