namespace Granary.Silo.Alerts.Channels;

/// <summary>A notice did not arrive.</summary>
/// <param name="message">Why, without addresses and keys: those of webhooks are secrets.</param>
/// <param name="isFinal">Whether trying again is pointless.</param>
/// <param name="retryAfter">How long the receiver asks to be left alone, or null.</param>
public sealed class AlertChannelException(string message, bool isFinal = false, TimeSpan? retryAfter = null) : Exception(message)
{
    /// <summary>Whether trying again is pointless.</summary>
    public bool IsFinal { get; } = isFinal;

    /// <summary>How long the receiver asks to be left alone, or null.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
