using System.Text;

namespace Granary.Silo.Tests.Dashboard.Live;

/// <summary>A connection that takes what is written, until its gate is closed: then writes block as on a full socket.</summary>
internal sealed class GatedStream : Stream
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private readonly TaskCompletionSource _blocked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isClosed;

    public string Text
    {
        get
        {
            lock (_gate) return _text.ToString();
        }
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Close()
    {
        lock (_gate) _isClosed = true;
    }

    /// <summary>Completes when a write blocks.</summary>
    public Task BlockedAsync() => _blocked.Task;

    /// <summary>Completes when what was written fulfils the condition.</summary>
    public async Task UntilAsync(Func<string, bool> condition)
    {
        while (true)
        {
            Task written;
            lock (_gate)
            {
                if (condition(_text.ToString())) return;
                written = _written.Task;
            }

            await written;
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        bool isClosed;
        lock (_gate) isClosed = _isClosed;
        if (isClosed)
        {
            var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
            _blocked.TrySetResult();
            await never.Task;
        }

        lock (_gate)
        {
            _text.Append(Encoding.UTF8.GetString(buffer.Span));
            _written.TrySetResult();
            _written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
