using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;

namespace Orleans.Embedded.CodeGeneration;

/// <summary>A call of a method with a result.</summary>
/// <typeparam name="TResult">Type of the result.</typeparam>
public abstract class ResultCall<TResult> : GrainCall, IValueTaskSource<TResult>
{
    private TResult? _result;
    private ValueTask<TResult> _running;
    private TaskCompletionSource<TResult>? _completion;

    /// <summary>Creates a call.</summary>
    /// <param name="method">The method.</param>
    protected ResultCall(MethodDescriptor method)
        : base(method)
    {
    }

    TResult IValueTaskSource<TResult>.GetResult(short token)
    {
        ValidateResultAccess(token);
        var outcome = Outcome;
        var result = _result;
        Done();
        outcome?.Throw();
        return result!;
    }

    internal ValueTask<TResult> AsValueTask() => new(this, Token);

    /// <summary>
    /// The task may run continuations where it is completed, which is in a turn of the callee: those that await it with a scheduler go there, and those
    /// without one do not run inside of a task of another scheduler. What does run at once are the framework's own combinators.
    /// </summary>
    internal Task<TResult> AsTask()
    {
        _completion = new TaskCompletionSource<TResult>();
        return _completion.Task;
    }

    /// <summary>Calls the method of the grain with the arguments.</summary>
    /// <param name="grain">The grain.</param>
    protected abstract ValueTask<TResult> InvokeAsync(object grain);

    /// <summary>Makes the result the caller's own.</summary>
    /// <param name="result">What the method returned.</param>
    protected virtual TResult CopyResult(TResult result) => result;

    /// <summary>Lets go of the result before the object is used again.</summary>
    protected void ClearResult()
    {
        _result = default;
        _completion = null;
    }

    private protected sealed override bool TryInvoke(object grain)
    {
        try
        {
            _running = InvokeAsync(grain);
        }
        catch (Exception exception)
        {
            _running = ValueTask.FromException<TResult>(exception);
        }

        return _running.IsCompleted;
    }

    private protected sealed override void Subscribe(Action finished) => _running.GetAwaiter().UnsafeOnCompleted(finished);

    private protected sealed override void Collect()
    {
        try
        {
            _result = CopyResult(_running.GetAwaiter().GetResult());
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
                completion.TrySetResult(_result!);
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
