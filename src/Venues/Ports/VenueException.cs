namespace Granary.Venues.Ports;

/// <summary>A venue did not answer a query, or refused it. Never thrown for order requests, whose outcome is an <see cref="OrderAnswer"/>.</summary>
/// <param name="message">What was asked and what came back; never holds a secret.</param>
/// <param name="code">The venue's error code, or 0.</param>
/// <param name="httpStatus">The HTTP status, or 0.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class VenueException(string message, int code = 0, int httpStatus = 0, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>The venue's error code, or 0.</summary>
    public int Code { get; } = code;

    /// <summary>The HTTP status, or 0 when no answer came.</summary>
    public int HttpStatus { get; } = httpStatus;
}
