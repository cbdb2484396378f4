namespace Granary.Grains.Interfaces.Execution;

/// <summary>Execution tells risk that its books changed: the whole view, so that a lost notice is made good by the next one.</summary>
[GenerateSerializer, Immutable, Alias("granary.OrderNotice")]
public sealed class OrderNotice
{
    /// <summary>Creates a notice.</summary>
    public OrderNotice(ExecutionView view) => View = view;

    /// <summary>The books.</summary>
    [Id(0)]
    public ExecutionView View { get; }
}
