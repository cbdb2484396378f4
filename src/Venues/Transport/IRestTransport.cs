namespace Granary.Venues.Transport;

/// <summary>
/// Carries one HTTP request to a venue. The real one is HttpClient; the simulation hands the bytes to the exchange in process. Both see the same text.
/// </summary>
public interface IRestTransport
{
    /// <summary>Sends the request and reads the whole answer.</summary>
    /// <exception cref="RestTransportException">No answer; its flag says whether the request may have reached the venue.</exception>
    ValueTask<RestResponse> SendAsync(RestRequest request, CancellationToken cancellationToken);
}
