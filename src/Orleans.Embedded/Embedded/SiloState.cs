namespace Orleans.Embedded;

/// <summary>The life of a silo, in order.</summary>
public enum SiloState
{
    /// <summary>Not started.</summary>
    Created = 0,

    /// <summary>Takes calls.</summary>
    Running = 1,

    /// <summary>Ends its activations; makes no new ones.</summary>
    Stopping = 2,

    /// <summary>Refuses all calls.</summary>
    Stopped = 3,

    /// <summary>A simulated kill: nothing of it goes on.</summary>
    Crashed = 4
}
