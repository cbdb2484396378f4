namespace Orleans;

/// <summary>Why an activation ends.</summary>
public readonly struct DeactivationReason
{
    /// <summary>Creates a reason.</summary>
    /// <param name="code">Kind of reason.</param>
    /// <param name="text">Words for a log.</param>
    public DeactivationReason(DeactivationReasonCode code, string text)
        : this(code, null, text)
    {
    }

    /// <summary>Creates a reason.</summary>
    /// <param name="code">Kind of reason.</param>
    /// <param name="exception">What went wrong, or null.</param>
    /// <param name="text">Words for a log.</param>
    public DeactivationReason(DeactivationReasonCode code, Exception? exception, string text)
    {
        ReasonCode = code;
        Exception = exception;
        Description = text;
    }

    /// <summary>Words for a log.</summary>
    public string Description { get; }

    /// <summary>What went wrong, or null.</summary>
    public Exception? Exception { get; }

    /// <summary>Kind of reason.</summary>
    public DeactivationReasonCode ReasonCode { get; }

    /// <summary>Code, description and exception in one line.</summary>
    public override string ToString() => Exception is null ? $"{ReasonCode}: {Description}" : $"{ReasonCode}: {Description} Exception: {Exception}";
}
