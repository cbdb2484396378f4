namespace Orleans.Embedded.CodeGeneration;

/// <summary>Where a call stands, from its caller's side.</summary>
internal enum CallStatus
{
    /// <summary>In a pool, or new.</summary>
    Free = 0,

    /// <summary>Sent.</summary>
    Pending = 1,

    /// <summary>The callee answered.</summary>
    Completed = 2,

    /// <summary>The caller's side is giving up; the failure is being written.</summary>
    Abandoning = 3,

    /// <summary>The caller's side gave up; the callee may still hold the call, so that it is never used again.</summary>
    Abandoned = 4
}
