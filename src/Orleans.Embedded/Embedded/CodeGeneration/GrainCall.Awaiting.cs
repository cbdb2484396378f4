using System.Threading.Tasks.Sources;
using Orleans.Embedded.Activations;
using Orleans.Embedded.Calls;

namespace Orleans.Embedded.CodeGeneration;

/// <content>How whoever awaits the call goes on: where it awaited.</content>
public abstract partial class GrainCall
{
    private static readonly Action<object?> s_signalled = static _ => { };

    private Action<object?>? _continuation;
    private object? _continuationState;
    private object? _continuationContext;
    private ExecutionContext? _executionContext;
    private ResumeItem? _resume;

    /// <summary>Status, for <see cref="ValueTask"/>.</summary>
    /// <param name="token">Version of the use.</param>
    public ValueTaskSourceStatus GetStatus(short token)
    {
        if (token != Token) ThrowUsedTwice();

        // Ended only counts once the signal is given: from then on the signalling side does not touch the object any more, so that it may be used again.
        if (Volatile.Read(ref _continuation) is null || Status is not (CallStatus.Completed or CallStatus.Abandoned)) return ValueTaskSourceStatus.Pending;
        return Outcome?.SourceException switch
        {
            null => ValueTaskSourceStatus.Succeeded,
            OperationCanceledException => ValueTaskSourceStatus.Canceled,
            _ => ValueTaskSourceStatus.Faulted
        };
    }

    /// <summary>Registers what to do at the end, for <see cref="ValueTask"/>.</summary>
    /// <param name="continuation">What to do.</param>
    /// <param name="state">Its argument.</param>
    /// <param name="token">Version of the use.</param>
    /// <param name="flags">Which contexts to keep.</param>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        if (token != Token) ThrowUsedTwice();
        _continuationState = state;
        if ((flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != 0) _executionContext = ExecutionContext.Capture();
        if ((flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) != 0) _continuationContext = CurrentContext();
        var earlier = Interlocked.CompareExchange(ref _continuation, continuation, null);
        if (earlier is null) return;
        if (!ReferenceEquals(earlier, s_signalled)) ThrowUsedTwice();
        Resume(continuation);
    }

    /// <summary>Runs the continuation, wherever it was sent to.</summary>
    internal void RunContinuation(Action<object?> continuation)
    {
        var state = _continuationState;
        if (_executionContext is { } context)
        {
            ExecutionContext.Run(context, static pair => Unpack(pair), (continuation, state));
            return;
        }

        continuation(state);
    }

    private static void Unpack(object? pair)
    {
        var (continuation, state) = ((Action<object?>, object?))pair!;
        continuation(state);
    }

    private static object? CurrentContext()
    {
        if (SynchronizationContext.Current is { } context && context.GetType() != typeof(SynchronizationContext)) return context;
        var scheduler = TaskScheduler.Current;
        return ReferenceEquals(scheduler, TaskScheduler.Default) ? null : scheduler;
    }

    private void Signal()
    {
        Target!.Silo.Scheduler.OnCallEnded(this);
        if (TryCompleteTask())
        {
            Done();
            return;
        }

        var continuation = Interlocked.CompareExchange(ref _continuation, s_signalled, null);
        if (continuation is not null) Resume(continuation);
    }

    private void Resume(Action<object?> continuation)
    {
        var item = _resume ??= new ResumeItem(this);
        item.Continuation = continuation;
        switch (_continuationContext)
        {
            case Activation activation:
                activation.Push(item, true);
                break;
            case TaskScheduler scheduler:
                Task.Factory.StartNew(static state => ((ResumeItem)state!).Execute(), item, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
                break;
            case SynchronizationContext context:
                context.Post(static state => ((ResumeItem)state!).Execute(), item);
                break;
            default:
                Target!.Silo.Scheduler.RunOutside(item);
                break;
        }
    }
}
