namespace Orleans.Embedded.Activations;

/// <summary>The life of an activation, in order.</summary>
internal enum ActivationState : byte
{
    /// <summary>In the directory; the grain object is not made yet.</summary>
    Created = 0,

    /// <summary>OnActivateAsync runs.</summary>
    Activating = 1,

    /// <summary>Takes calls.</summary>
    Active = 2,

    /// <summary>OnDeactivateAsync runs; calls wait.</summary>
    Deactivating = 3,

    /// <summary>Out of the directory; calls go to a new activation.</summary>
    Ended = 4
}
