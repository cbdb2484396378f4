namespace Orleans.Runtime;

/// <summary>A bounded queue is full.</summary>
public sealed class LimitExceededException : OrleansException
{
    /// <summary>Creates the exception.</summary>
    public LimitExceededException()
        : base("Limit exceeded.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which limit, and what to do.</param>
    public LimitExceededException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which limit, and what to do.</param>
    /// <param name="innerException">What caused it.</param>
    public LimitExceededException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="limitName">Which limit.</param>
    /// <param name="current">How many there are.</param>
    /// <param name="threshold">How many there may be.</param>
    /// <param name="extraInfo">Where.</param>
    public LimitExceededException(string limitName, int current, int threshold, object extraInfo)
        : base($"Limit {limitName} exceeded: {current} of {threshold}. {extraInfo}")
    {
    }
}
