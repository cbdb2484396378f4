using System.Runtime.ExceptionServices;
using Orleans.Embedded.Activations;
using Orleans.Embedded.Calls;
using Orleans.Runtime;

namespace Orleans.Embedded.CodeGeneration;

/// <summary>
/// One call: its arguments, its way to the callee and its answer, in one pooled object. The caller's side ends it once: by the callee's answer, or by a
/// timeout or cancellation, after which the object is left to the garbage collector because the callee may still hold it.
/// </summary>
public abstract partial class GrainCall : Request
{
    /// <summary>Most objects that a pool keeps; more are left to the garbage collector.</summary>
    private const int PoolDepthMax = 1024;

    private const int StatusBits = 3;
    private const int StatusMask = (1 << StatusBits) - 1;

    /// <summary>Whether the registry of calls under way has this object.</summary>
    internal int Tracking;

    private int _word;
    private bool _started;
    private Action? _finished;
    private ExceptionDispatchInfo? _failure;

    private protected GrainCall(MethodDescriptor method)
        : base(method.Options) => Method = method;

    /// <summary>The token that the callee sees.</summary>
    protected CancellationToken CalleeToken => Cancellation?.CalleeToken ?? default;

    /// <summary>Links pooled objects.</summary>
    protected GrainCall? PoolNext { get; private set; }

    internal MethodDescriptor Method { get; }

    /// <summary>Activation that called, or null for other code.</summary>
    internal Activation? Sender { get; set; }

    /// <summary>Activation that is called.</summary>
    internal Activation? Target { get; set; }

    internal CallCancellation? Cancellation { get; private set; }

    internal Dictionary<string, object>? RequestContext { get; set; }

    /// <summary>When the caller gives up, in the tracker's unit; 0 when the tracker has not seen it yet.</summary>
    internal long Deadline { get; set; }

    /// <summary>The list of a simulation's calls under way that this call is in.</summary>
    internal object? TrackedList { get; set; }

    internal GrainCall? TrackedPrevious { get; set; }

    internal GrainCall? TrackedNext { get; set; }

    internal bool IsOneWay => (Options & CallOptions.OneWay) != 0;

    /// <summary>Whether the callee began it.</summary>
    internal bool IsStarted => _started;

    /// <summary>Version and status in one, so that both change together.</summary>
    internal int Word => Volatile.Read(ref _word);

    internal CallStatus Status => (CallStatus)(Word & StatusMask);

    internal override bool IsLive => Status == CallStatus.Pending;

    internal override string TraceName => Method.Name;

    /// <summary>The callee's error.</summary>
    private protected ExceptionDispatchInfo? Error { get; set; }

    /// <summary>The error that the caller gets, or null.</summary>
    private protected ExceptionDispatchInfo? Outcome => Status == CallStatus.Abandoned ? _failure : Error;

    private protected short Token => unchecked((short)(_word >> StatusBits));

    private int PoolDepth { get; set; }

    /// <summary>Names the token that is an argument of the call.</summary>
    /// <param name="token">The caller's token.</param>
    public void UseToken(CancellationToken token)
    {
        if (token.CanBeCanceled) Cancellation = new CallCancellation(this, token);
    }

    /// <summary>Clears the arguments and gives the object back to its pool.</summary>
    protected abstract void Recycle();

    /// <summary>Puts an object before the others of a pool, unless the pool is full.</summary>
    /// <typeparam name="TCall">Type of the call.</typeparam>
    /// <param name="pool">First object of the pool.</param>
    /// <param name="call">The object.</param>
    protected static void Return<TCall>(ref TCall? pool, TCall call)
        where TCall : GrainCall
    {
        var depth = pool?.PoolDepth ?? 0;
        if (depth >= PoolDepthMax) return;
        call.PoolDepth = depth + 1;
        call.PoolNext = pool;
        pool = call;
    }

    internal static CallStatus StatusOf(int word) => (CallStatus)(word & StatusMask);

    /// <summary>Makes the object new for a call.</summary>
    internal void Begin()
    {
        Deadline = 0;
        Volatile.Write(ref _word, (_word & ~StatusMask) | (int)CallStatus.Pending);
    }

    internal override void Run(Activation activation)
    {
        if (_started)
        {
            Finish(activation);
            return;
        }

        _started = true;
        if (RequestContext is { } context) Runtime.RequestContext.Current = context;
        if (activation.GrainInstance is not { } grain) FinishWithoutGrain(activation);
        else if (TryInvoke(grain)) Finish(activation);
        else Subscribe(_finished ??= OnFinished);
    }

    internal override void OnActivationEnded(Activation activation) => activation.Silo.Redirect(this);

    internal override void OnActivationFailed(Exception exception) => Reject(exception);

    /// <summary>Answers with an error without having run.</summary>
    internal void Reject(Exception exception)
    {
        Error = ExceptionDispatchInfo.Capture(exception);
        if (IsOneWay) EndOneWay();
        else Complete();
    }

    /// <summary>The answer has arrived at the caller's side.</summary>
    internal void Complete()
    {
        var word = Word;
        if (StatusOf(word) != CallStatus.Pending) return;
        if (Interlocked.CompareExchange(ref _word, (word & ~StatusMask) | (int)CallStatus.Completed, word) == word) Signal();
    }

    /// <summary>The caller's side gives up.</summary>
    /// <param name="word">The word seen while it was pending.</param>
    /// <param name="exception">What the caller gets.</param>
    /// <returns>Whether it was still pending.</returns>
    internal bool TryAbandon(int word, Exception exception)
    {
        if (StatusOf(word) != CallStatus.Pending) return false;
        if (Interlocked.CompareExchange(ref _word, (word & ~StatusMask) | (int)CallStatus.Abandoning, word) != word) return false;
        _failure = ExceptionDispatchInfo.Capture(exception);
        Volatile.Write(ref _word, (word & ~StatusMask) | (int)CallStatus.Abandoned);
        Signal();
        return true;
    }

    /// <summary>A one-way call has ended, or was dropped.</summary>
    internal void EndOneWay()
    {
        if (Error is { } error) Target?.Silo.OnOneWayFailed(this, error.SourceException);
        if (Cancellation is { } cancellation)
        {
            cancellation.Dispose();
            return;
        }

        Release();
        Recycle();
    }

    /// <summary>Calls the method of the grain.</summary>
    /// <returns>Whether it has ended already.</returns>
    private protected abstract bool TryInvoke(object grain);

    /// <summary>Registers what to do when the method has ended.</summary>
    private protected abstract void Subscribe(Action finished);

    /// <summary>Takes the method's result or error.</summary>
    private protected abstract void Collect();

    /// <summary>Hands the outcome to the task that the caller holds; false when the caller holds a value task.</summary>
    private protected abstract bool TryCompleteTask();

    private protected void ValidateResultAccess(short token)
    {
        if (token != Token) ThrowUsedTwice();
        if (Status is not (CallStatus.Completed or CallStatus.Abandoned)) throw new InvalidOperationException("The grain call has not ended; await it.");
    }

    /// <summary>Ends the use of the object and, when nobody else can hold it, gives it back.</summary>
    private protected void Done()
    {
        Cancellation?.Dispose();
        if (Status != CallStatus.Completed || Cancellation is not null) return;
        Release();
        Recycle();
    }

    private static void ThrowUsedTwice() => throw new InvalidOperationException("The value task of a grain call was used twice; await it once, or call AsTask() once.");

    private void OnFinished()
    {
        var host = Target!;
        if (ReferenceEquals(Activation.Current, host)) Finish(host);
        else host.Push(this, true);
    }

    /// <summary>The observer has been collected.</summary>
    private void FinishWithoutGrain(Activation activation)
    {
        Error = ExceptionDispatchInfo.Capture(new ClientNotAvailableException(activation.GrainId));
        End(activation);
    }

    private void Finish(Activation activation)
    {
        Collect();
        End(activation);
    }

    private void End(Activation activation)
    {
        activation.OnRequestEnded(this);
        if (IsOneWay) EndOneWay();
        else activation.Silo.Scheduler.Answer(this);
    }

    private void Release()
    {
        _continuation = null;
        _continuationState = null;
        _continuationContext = null;
        _executionContext = null;
        _started = false;
        Error = null;
        Sender = null;
        Target = null;
        RequestContext = null;
        Volatile.Write(ref _word, unchecked(((_word >> StatusBits) + 1) << StatusBits));
    }
}
