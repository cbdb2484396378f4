using System.Diagnostics;

namespace Granary.Throughput;

/// <summary>Notes when the process' HTTP client begins to send a request of one kind.</summary>
internal sealed class WireWatch : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string Listener = "HttpHandlerDiagnosticListener";
    private const string Request = "System.Net.Http.HttpRequestOut";

    private readonly string _method;
    private readonly string _path;
    private readonly IDisposable _listeners;
    private IDisposable? _requests;
    private long _sent;

    public WireWatch(string method, string path)
    {
        (_method, _path) = (method, path);
        _listeners = DiagnosticListener.AllListeners.Subscribe(this);
    }

    /// <summary>Timestamp of the first such request since <see cref="Clear"/>, or null.</summary>
    public long? Sent => Volatile.Read(ref _sent) is > 0 and var sent ? sent : null;

    public void Clear() => Volatile.Write(ref _sent, 0);

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == Listener) _requests = value.Subscribe(this, static (name, _, _) => name.StartsWith(Request, StringComparison.Ordinal));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key != Request + ".Start" || value.Value?.GetType().GetProperty("Request")?.GetValue(value.Value) is not HttpRequestMessage request) return;
        if (request.Method.Method == _method && request.RequestUri?.AbsolutePath == _path) Interlocked.CompareExchange(ref _sent, TimeProvider.System.GetTimestamp(), 0);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        _requests?.Dispose();
        _listeners.Dispose();
    }
}
