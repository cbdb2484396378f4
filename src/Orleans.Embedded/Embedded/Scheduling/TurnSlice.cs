using Orleans.Embedded.Activations;
using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Scheduling;

/// <summary>How long an activation may go on running turns, and what is told about each. One per thread that runs turns.</summary>
internal abstract class TurnSlice
{
    /// <summary>The slice that this thread is in.</summary>
    [field: ThreadStatic]
    public static TurnSlice? Current { get; set; }

    /// <summary>The turn with which the activation goes on inside of a task.</summary>
    public WorkItem? First { get; set; }

    public bool IsUsedUp { get; protected set; }

    public abstract void BeginTurn(Activation activation, WorkItem item);

    public abstract void EndTurn(Activation activation);
}
