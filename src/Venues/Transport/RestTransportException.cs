namespace Granary.Venues.Transport;

/// <summary>A request got no answer.</summary>
/// <param name="message">What happened.</param>
/// <param name="maybeSent">True when the request may have reached the venue, so that its outcome is unknown; false when nothing was written.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class RestTransportException(string message, bool maybeSent, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Whether the request may have reached the venue.</summary>
    public bool MaybeSent { get; } = maybeSent;
}
