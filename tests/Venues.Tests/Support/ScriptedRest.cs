using System.Text;
using Granary.Venues.Transport;

namespace Granary.Venues.Tests.Support;

/// <summary>Answers requests from a script by method and path; the last answer of a path stands for all further requests to it.</summary>
internal sealed class ScriptedRest(TimeProvider time) : IRestTransport
{
    private readonly Dictionary<string, Queue<Func<RestRequest, RestResponse>>> _answers = [];

    public List<RestRequest> Requests { get; } = [];

    public List<long> SentAtMs { get; } = [];

    /// <summary>How long each answer takes.</summary>
    public TimeSpan Latency { get; set; }

    public ScriptedRest On(string call, Func<RestRequest, RestResponse> answer)
    {
        if (!_answers.TryGetValue(call, out var queue)) _answers[call] = queue = new();
        queue.Enqueue(answer);
        return this;
    }

    public ScriptedRest On(string call, int status, string body, int weight = -1, int retryAfterS = -1) =>
        On(call, _ => new RestResponse(status, Encoding.UTF8.GetBytes(body), weight, retryAfterS));

    public ScriptedRest OnThrow(string call, Exception exception) => On(call, _ => throw exception);

    /// <summary>The venue's clock runs ahead of the test's by this.</summary>
    public ScriptedRest OnTime(long aheadMs = 0) => On(
        "GET /fapi/v1/time", _ => new RestResponse(200, Encoding.UTF8.GetBytes($"{{\"serverTime\":{time.GetUtcNow().ToUnixTimeMilliseconds() + aheadMs}}}")));

    public int Count(string call) => Requests.Count(request => $"{request.Method} {request.Path}" == call);

    public async ValueTask<RestResponse> SendAsync(RestRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Requests.Add(request);
        SentAtMs.Add(time.GetUtcNow().ToUnixTimeMilliseconds());
        if (Latency > TimeSpan.Zero) await Task.Delay(Latency / 2, time, cancellationToken);
        var call = $"{request.Method} {request.Path}";
        if (!_answers.TryGetValue(call, out var queue)) throw new InvalidOperationException($"the script has no answer to {call}");
        var response = (queue.Count > 1 ? queue.Dequeue() : queue.Peek())(request);
        if (Latency > TimeSpan.Zero) await Task.Delay(Latency / 2, time, cancellationToken);
        return response;
    }
}
