using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Activations;

/// <summary>A task that was scheduled on the activation: the continuation of an await, or work that the grain started.</summary>
internal sealed class TaskItem(Task task) : WorkItem
{
    public Task Task { get; } = task;

    internal override string TraceName => "task";

    internal override void Run(Activation activation) => throw new InvalidOperationException("The activation runs tasks itself.");
}
