namespace Orleans;

/// <summary>Kinds of reasons why an activation ends.</summary>
public enum DeactivationReasonCode : byte
{
    /// <summary>No reason given.</summary>
    None = 0,

    /// <summary>The silo stops.</summary>
    ShuttingDown = 1,

    /// <summary>The grain could not be made or its activation failed.</summary>
    ActivationFailed = 2,

    /// <summary>Not used in one process.</summary>
    DirectoryFailure = 3,

    /// <summary>No call came for the collection age.</summary>
    ActivationIdle = 4,

    /// <summary>Not used in one process.</summary>
    ActivationUnresponsive = 5,

    /// <summary>Not used in one process.</summary>
    DuplicateActivation = 6,

    /// <summary>Not used in one process.</summary>
    IncompatibleRequest = 7,

    /// <summary>The grain's code failed.</summary>
    ApplicationError = 8,

    /// <summary>The grain asked for it.</summary>
    ApplicationRequested = 9,

    /// <summary>Not used in one process.</summary>
    Migrating = 10,

    /// <summary>The runtime asked for it.</summary>
    RuntimeRequested = 11,

    /// <summary>Not used in one process.</summary>
    HighMemoryPressure = 12
}
