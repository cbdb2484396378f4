using Orleans.Embedded.CodeGeneration;

namespace Orleans.Embedded.Activations;

/// <summary>First turn of every activation. Without state, so that one object serves all.</summary>
internal sealed class ActivateItem : WorkItem
{
    public static readonly ActivateItem Instance = new();

    internal override string TraceName => "activate";

    internal override void Run(Activation activation) => activation.Activate();
}
