namespace Granary.Exchange.Contracts;

/// <summary>A refusal in the venue's own words.</summary>
/// <param name="code">Binance's error code, negative.</param>
/// <param name="message">Binance's message.</param>
/// <param name="httpStatus">HTTP status of the answer.</param>
public sealed class ExchangeException(int code, string message, int httpStatus = 400) : Exception(message)
{
    /// <summary>Binance's error code.</summary>
    public int Code { get; } = code;

    /// <summary>HTTP status of the answer.</summary>
    public int HttpStatus { get; } = httpStatus;

    /// <summary>Seconds after which it may be tried again (the Retry-After header); null when the refusal names none.</summary>
    public int? RetryAfterS { get; init; }
}
