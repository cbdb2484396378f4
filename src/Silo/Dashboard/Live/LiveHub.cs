using System.Text;
using System.Text.Json;
using Granary.Silo.Operator;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Granary.Silo.Dashboard.Live;

/// <summary>
/// Publishes topics to whoever watches them. Each watched topic is sampled and serialised once per turn, however many watch, and not at all when nobody does;
/// a sample that says the same as the one before is not sent. A topic whose sample is slow is passed over, and holds up no other.
/// </summary>
public sealed partial class LiveHub
{
    /// <summary>Clients at a time.</summary>
    public const int ClientsMax = 64;

    private readonly Lock _gate = new();
    private readonly List<LiveClient> _clients = [];
    private readonly Dictionary<string, Watched> _topics;
    private readonly JsonSerializerOptions _json;
    private readonly TimeProvider _time;
    private readonly ILogger<LiveHub> _logger;
    private TaskCompletionSource _someone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _tick;

    /// <summary>Creates a hub; <see cref="TickAsync"/> makes it publish.</summary>
    public LiveHub(IEnumerable<LiveTopic> topics, IOptions<JsonOptions> json, TimeProvider time, ILogger<LiveHub> logger)
    {
        _topics = topics.ToDictionary(t => t.Name, t => new Watched(t), StringComparer.Ordinal);
        _json = json.Value.SerializerOptions;
        _time = time;
        _logger = logger;
    }

    /// <summary>Names of all topics.</summary>
    public IReadOnlyCollection<string> Topics => _topics.Keys;

    /// <summary>Clients now.</summary>
    public int ClientCount
    {
        get
        {
            lock (_gate) return _clients.Count;
        }
    }

    /// <summary>Samples taken since the start.</summary>
    public long Samples { get; private set; }

    /// <summary>Clients that were disconnected because they did not read.</summary>
    public long Stalled { get; private set; }

    /// <summary>Completes while there is a client.</summary>
    public Task SomeoneAsync()
    {
        lock (_gate) return _someone.Task;
    }

    /// <summary>Adds a client; null when there are <see cref="ClientsMax"/>. What its topics last said waits for it at once.</summary>
    /// <param name="topics">Names of <see cref="Topics"/>.</param>
    public LiveClient? Join(IReadOnlyList<string> topics)
    {
        lock (_gate)
        {
            if (_clients.Count >= ClientsMax) return null;
            var client = new LiveClient(topics.Distinct(StringComparer.Ordinal));
            _clients.Add(client);
            foreach (var name in client.Topics)
            {
                var topic = _topics[name];
                if (topic.Watchers++ == 0) topic.Forget();
                if (topic.Last is { } frame) client.Offer(frame);
            }

            _someone.TrySetResult();
            return client;
        }
    }

    /// <summary>Removes a client.</summary>
    /// <param name="client">It.</param>
    /// <param name="isStalled">Whether it was given up because it did not read.</param>
    public void Leave(LiveClient client, bool isStalled = false)
    {
        lock (_gate)
        {
            if (!_clients.Remove(client)) return;
            foreach (var name in client.Topics) _topics[name].Watchers--;
            if (isStalled) Stalled++;
            if (_clients.Count == 0) _someone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>One turn: begins a sample of every watched topic that is due and not being sampled already.</summary>
    /// <returns>Completes when the samples begun are out. They go on without being awaited.</returns>
    public Task TickAsync(CancellationToken cancellationToken)
    {
        List<Watched> due = [];
        lock (_gate)
        {
            foreach (var topic in _topics.Values)
            {
                if (topic.Watchers == 0 || topic.IsSampling || (topic.IsKnown && _tick % topic.Topic.EveryTicks != 0)) continue;
                topic.IsSampling = true;
                due.Add(topic);
            }

            _tick++;
            Samples += due.Count;
        }

        return Task.WhenAll(due.Select(topic => SampleAsync(topic, cancellationToken)));
    }

    private async Task SampleAsync(Watched watched, CancellationToken cancellationToken)
    {
        byte[] body = [];
        var error = "";
        try
        {
            body = JsonSerializer.SerializeToUtf8Bytes(await watched.Topic.SampleAsync(cancellationToken), _json);
        }
        catch (OperatorProblem problem)
        {
            error = problem.Message;
        }
        catch (Exception e)
        {
            if (!cancellationToken.IsCancellationRequested) LogFailed(e, watched.Topic.Name);
            error = "the sample failed; the silo's log says why";
        }

        Publish(watched, body, error);
    }

    private void Publish(Watched watched, byte[] body, string error)
    {
        lock (_gate)
        {
            watched.IsSampling = false;
            if (watched.Watchers == 0 || watched.IsSame(body, error)) return;
            var timeMs = _time.GetUtcNow().ToUnixTimeMilliseconds();
            var frame = new LiveFrame(watched.Topic.Name, Event(watched.Topic.Name, timeMs, body, error));
            watched.Remember(frame, body, error);
            foreach (var client in _clients) client.Offer(frame);
        }
    }

    private static byte[] Event(string topic, long timeMs, byte[] body, string error)
    {
        var head = $"event: {topic}\ndata: {{\"timeMs\":{timeMs},";
        return error.Length > 0
            ? Encoding.UTF8.GetBytes($"{head}\"error\":{JsonSerializer.Serialize(error)}}}\n\n")
            : [.. Encoding.UTF8.GetBytes($"{head}\"body\":"), .. body, .. "}\n\n"u8];
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "the dashboard's topic {Topic} could not be sampled")]
    private partial void LogFailed(Exception exception, string topic);

    private sealed class Watched(LiveTopic topic)
    {
        private byte[] _body = [];
        private string _error = "";

        public LiveTopic Topic { get; } = topic;

        public int Watchers { get; set; }

        public bool IsSampling { get; set; }

        public LiveFrame? Last { get; private set; }

        /// <summary>Whether it has been sampled since somebody began to watch; if not it is due at once.</summary>
        public bool IsKnown => Last is not null;

        public bool IsSame(byte[] body, string error) => Last is not null && _error == error && _body.AsSpan().SequenceEqual(body);

        public void Remember(LiveFrame frame, byte[] body, string error) => (Last, _body, _error) = (frame, body, error);

        public void Forget() => Last = null;
    }
}
