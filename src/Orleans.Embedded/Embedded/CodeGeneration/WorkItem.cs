using Orleans.Embedded.Activations;

namespace Orleans.Embedded.CodeGeneration;

/// <summary>Something that an activation does in one turn. Intrusive: an item is in at most one queue at a time.</summary>
public abstract class WorkItem
{
    private protected WorkItem()
    {
    }

    internal WorkItem? Next { get; set; }

    /// <summary>What a trace calls it.</summary>
    internal virtual string TraceName => GetType().Name;

    /// <summary>Runs in a turn of the activation. Must not throw.</summary>
    internal abstract void Run(Activation activation);
}
