namespace Orleans.Runtime;

/// <summary>An observer was deleted or has been collected.</summary>
public sealed class ClientNotAvailableException : OrleansException
{
    internal ClientNotAvailableException(GrainId id)
        : base($"No observer with id {id}: its reference was deleted, or nobody holds the object any more.")
    {
    }
}
