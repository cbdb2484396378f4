using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Activations;

/// <summary>A small piece of the runtime's own work that must run as a turn.</summary>
internal sealed class ActionItem(string name, Action<Activation> action) : WorkItem
{
    internal override string TraceName => name;

    internal override void Run(Activation activation) => action(activation);
}
