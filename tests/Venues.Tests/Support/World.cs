using System.Collections.Concurrent;

namespace Granary.Venues.Tests.Support;

/// <summary>
/// Runs asynchronous code on the test's thread, turn by turn, under manual time: nothing happens except inside <see cref="Drain"/> and <see cref="Advance"/>. Code that left the
/// scheduler (ConfigureAwait(false), Task.Run) would not make progress, or not on this thread.
/// </summary>
internal sealed class World
{
    private readonly TurnScheduler _scheduler = new();

    public ManualTimeProvider Time { get; } = new();

    public int ThreadId { get; } = Environment.CurrentManagedThreadId;

    /// <summary>Starts code on the scheduler and runs until nothing is left to run.</summary>
    public Task<T> Start<T>(Func<ValueTask<T>> code)
    {
        var task = Task.Factory.StartNew(() => code().AsTask(), CancellationToken.None, TaskCreationOptions.None, _scheduler).Unwrap();
        Drain();
        return task;
    }

    public Task Start(Func<Task> code)
    {
        var task = Task.Factory.StartNew(code, CancellationToken.None, TaskCreationOptions.None, _scheduler).Unwrap();
        Drain();
        return task;
    }

    /// <summary>Runs code to its end, moving time as far as it takes (at most an hour).</summary>
    public T Run<T>(Func<ValueTask<T>> code)
    {
        var task = Start(code);
        for (var second = 0; !task.IsCompleted && second < 3600; second++) Advance(TimeSpan.FromSeconds(1));
        task.IsCompleted.ShouldBeTrue("the code did not end within an hour of virtual time");
        return task.GetAwaiter().GetResult();
    }

    /// <summary>The result of a task that must have ended by now.</summary>
    public static T Result<T>(Task<T> task)
    {
        task.IsCompleted.ShouldBeTrue("the task has not ended");
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Runs what can run now, then moves time, running what falls due on the way.</summary>
    public void Advance(TimeSpan by)
    {
        Drain();
        Time.Advance(by, Drain);
    }

    public void AdvanceSeconds(double seconds) => Advance(TimeSpan.FromSeconds(seconds));

    public void Drain() => _scheduler.Drain();

    private sealed class TurnScheduler : TaskScheduler
    {
        private readonly ConcurrentQueue<Task> _queue = new();

        public override int MaximumConcurrencyLevel => 1;

        public void Drain()
        {
            var context = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(null);
            try
            {
                while (_queue.TryDequeue(out var task)) TryExecuteTask(task);
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(context);
            }
        }

        protected override void QueueTask(Task task) => _queue.Enqueue(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        protected override IEnumerable<Task> GetScheduledTasks() => _queue;
    }
}
