using System.Net;
using System.Text;

namespace Granary.Client.Tests;

/// <summary>Answers requests from a script: method and path with query to status and body. A request that is not in it fails the test.</summary>
public sealed class ScriptedHandler : HttpMessageHandler
{
    private readonly Dictionary<string, Queue<Func<HttpResponseMessage>>> _answers = [];

    public List<string> Requests { get; } = [];

    public List<string> Bodies { get; } = [];

    public string? Authorization { get; private set; }

    public ScriptedHandler On(string request, string body, HttpStatusCode status = HttpStatusCode.OK)
    {
        Queue(request).Enqueue(() => new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
        return this;
    }

    public ScriptedHandler Fail(string request, Exception failure)
    {
        Queue(request).Enqueue(() => throw failure);
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var key = $"{request.Method} {request.RequestUri!.PathAndQuery}";
        Requests.Add(key);
        if (request.Content is not null) Bodies.Add(await request.Content.ReadAsStringAsync(cancellationToken));
        Authorization = request.Headers.Authorization?.ToString() ?? Authorization;
        cancellationToken.ThrowIfCancellationRequested();
        if (!_answers.TryGetValue(key, out var queue)) throw new InvalidOperationException($"the script has no answer for {key}");
        // The last answer of a script repeats.
        return (queue.Count > 1 ? queue.Dequeue() : queue.Peek())();
    }

    private Queue<Func<HttpResponseMessage>> Queue(string request)
    {
        if (!_answers.TryGetValue(request, out var queue)) _answers[request] = queue = new();
        return queue;
    }
}
