namespace Orleans.Runtime;

/// <summary>An activation.</summary>
public interface IGrainContext : IEquatable<IGrainContext>
{
    /// <summary>The activation's services.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Completes when the activation has ended.</summary>
    Task Deactivated { get; }

    /// <summary>Which grain it is.</summary>
    GrainId GrainId { get; }

    /// <summary>The grain object, or null before it was made and after it was let go.</summary>
    object? GrainInstance { get; }

    /// <summary>A reference to the grain.</summary>
    GrainReference GrainReference { get; }

    /// <summary>Ends the activation as soon as its running calls have ended.</summary>
    /// <param name="deactivationReason">Why.</param>
    /// <param name="cancellationToken">Not used.</param>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
