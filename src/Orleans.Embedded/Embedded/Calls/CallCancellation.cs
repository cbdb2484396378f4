using Orleans.Embedded.Activations;
using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Calls;

/// <summary>
/// Cancellation of one call. The caller gets its <see cref="OperationCanceledException"/> at once; the callee's own token is cancelled in a turn of the
/// callee, so that what it registered runs where its state may be touched.
/// </summary>
internal sealed class CallCancellation : WorkItem, IDisposable
{
    private readonly GrainCall _call;
    private readonly CancellationToken _token;
    private readonly CancellationTokenSource _callee = new();
    private CancellationTokenRegistration _registration;
    private int _word;

    public CallCancellation(GrainCall call, CancellationToken token)
    {
        _call = call;
        _token = token;
    }

    public CancellationToken CalleeToken => _callee.Token;

    /// <summary>Listens; the call has been sent.</summary>
    /// <param name="word">The call's word.</param>
    public void Start(int word)
    {
        _word = word;
        _registration = _token.UnsafeRegister(static state => ((CallCancellation)state!).OnCanceled(), this);
    }

    public void Dispose() => _registration.Dispose();

    internal override void Run(Activation activation) => _callee.Cancel();

    private void OnCanceled()
    {
        var target = _call.Target;
        _call.TryAbandon(_word, new OperationCanceledException(_token));
        target?.Push(this, true);
    }
}
