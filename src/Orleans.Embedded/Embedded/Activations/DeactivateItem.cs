using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Activations;

/// <summary>The turn in which an activation begins to end. Without state, so that one object serves all.</summary>
internal sealed class DeactivateItem : WorkItem
{
    public static readonly DeactivateItem Instance = new();

    internal override string TraceName => "deactivate";

    internal override void Run(Activation activation) => activation.BeginDeactivation();
}
