using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;

namespace Orleans.Embedded.CodeGeneration;

/// <summary>A call of a method without a result.</summary>
public abstract class VoidCall : GrainCall, IValueTaskSource
{
    private ValueTask _running;
    private TaskCompletionSource? _completion;

    /// <summary>Creates a call.</summary>
    /// <param name="method">The method.</param>
    protected VoidCall(MethodDescriptor method)
        : base(method)
    {
    }

    void IValueTaskSource.GetResult(short token)
    {
        ValidateResultAccess(token);
        var outcome = Outcome;
        Done();
        outcome?.Throw();
    }

    internal ValueTask AsValueTask() => new(this, Token);

    /// <summary>
    /// The task may run continuations where it is completed, which is in a turn of the callee: those that await it with a scheduler go there, and those
    /// without one do not run inside of a task of another scheduler. What does run at once are the framework's own combinators.
    /// </summary>
    internal Task AsTask()
    {
        _completion = new TaskCompletionSource();
        return _completion.Task;
    }

    /// <summary>Calls the method of the grain with the arguments.</summary>
    /// <param name="grain">The grain.</param>
    protected abstract ValueTask InvokeAsync(object grain);

    /// <summary>Lets go of what the call held before the object is used again.</summary>
    protected void ClearResult() => _completion = null;

    private protected sealed override bool TryInvoke(object grain)
    {
        try
        {
            _running = InvokeAsync(grain);
        }
        catch (Exception exception)
        {
            _running = ValueTask.FromException(exception);
        }

        return _running.IsCompleted;
    }

    private protected sealed override void Subscribe(Action finished) => _running.GetAwaiter().UnsafeOnCompleted(finished);

    private protected sealed override void Collect()
    {
        try
        {
            _running.GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            Error = ExceptionDispatchInfo.Capture(exception);
        }

        _running = default;
    }

    private protected sealed override bool TryCompleteTask()
    {
        if (_completion is not { } completion) return false;
        switch (Outcome?.SourceException)
        {
            case null:
                completion.TrySetResult();
                break;
            case OperationCanceledException canceled:
                completion.TrySetCanceled(canceled.CancellationToken);
                break;
            case var exception:
                completion.TrySetException(exception);
                break;
        }

        return true;
    }
}
