using Orleans.Embedded.Activations;
using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Calls;

/// <summary>The end of a call on its way back to where it was awaited.</summary>
internal sealed class ResumeItem(GrainCall call) : WorkItem, IThreadPoolWorkItem
{
    public Action<object?>? Continuation { get; set; }

    internal override string TraceName => call.Method.Name;

    public void Execute()
    {
        var continuation = Continuation!;
        Continuation = null;
        call.RunContinuation(continuation);
    }

    internal override void Run(Activation activation) => Execute();
}
