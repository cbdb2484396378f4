using System.Text;
using System.Text.Json;
using Granary.Venues.Transport;

namespace Granary.Venues.Tests.Support;

/// <summary>A connection whose other end is the test.</summary>
internal sealed class ScriptedConnection(string path, TimeProvider time) : IStreamConnection
{
    private readonly Queue<byte[]> _inbox = new();
    private TaskCompletionSource? _wait;
    private Exception? _fault;
    private bool _isClosed;

    public string Path => path;

    public List<(string Text, DateTimeOffset At)> Sent { get; } = [];

    public bool IsDisposed { get; private set; }

    public bool IsSendBroken { get; set; }

    /// <summary>Frames that the other side has read.</summary>
    public int ReadCount { get; private set; }

    /// <summary>What is answered to each message sent, or null for silence.</summary>
    public Func<JsonElement, string?> Answer { get; set; } = static message => $"{{\"result\":null,\"id\":{message.GetProperty("id")}}}";

    /// <summary>The same for a message that is no object, like OKX's ping.</summary>
    public Func<string, string?> AnswerText { get; set; } = static _ => null;

    public void Push(string frame) => Push(Encoding.UTF8.GetBytes(frame));

    public void Push(byte[] frame)
    {
        _inbox.Enqueue(frame);
        _wait?.TrySetResult();
    }

    public void Close()
    {
        _isClosed = true;
        _wait?.TrySetResult();
    }

    public void Break(Exception? fault = null)
    {
        _fault = fault ?? new IOException("broken by the test");
        _wait?.TrySetResult();
    }

    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_inbox.TryDequeue(out var frame))
            {
                ReadCount++;
                return frame;
            }
            if (_fault is not null) throw _fault;
            if (_isClosed) return default;
            _wait = new TaskCompletionSource();
            await using (cancellationToken.Register(() => _wait.TrySetCanceled(cancellationToken))) await _wait.Task;
        }
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (IsSendBroken) throw new IOException("broken by the test");
        var text = Encoding.UTF8.GetString(message.Span);
        Sent.Add((text, time.GetUtcNow()));
        if (!text.StartsWith('{'))
        {
            if (AnswerText(text) is { } plain) Push(plain);
            return default;
        }
        using var document = JsonDocument.Parse(text);
        if (Answer(document.RootElement) is { } answer) Push(answer);
        return default;
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return default;
    }
}
