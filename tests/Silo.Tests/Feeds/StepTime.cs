using System.Threading.Channels;

namespace Granary.Silo.Tests.Feeds;

/// <summary>
/// The clock of one loop that waits again and again: it stands still until the test takes a step, which is one wait of the loop. The step is over when the loop
/// waits anew, so that all it did lies behind the test.
/// </summary>
internal sealed class StepTime : TimeProvider
{
    private readonly Channel<(TimerCallback Callback, object? State, TimeSpan DueTime)> _waits = Channel.CreateUnbounded<(TimerCallback, object?, TimeSpan)>();
    private long _nowMs = 1_700_000_000_000;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Interlocked.Read(ref _nowMs));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _waits.Writer.TryWrite((callback, state, dueTime));
        return new Timer();
    }

    public async Task StepAsync(CancellationToken cancellationToken)
    {
        var (callback, state, dueTime) = await _waits.Reader.ReadAsync(cancellationToken);
        Interlocked.Add(ref _nowMs, (long)dueTime.TotalMilliseconds);
        callback(state);
        await _waits.Reader.WaitToReadAsync(cancellationToken);
    }

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
