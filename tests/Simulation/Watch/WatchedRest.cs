using Granary.Venues.Transport;

namespace Granary.Simulation.Watch;

/// <summary>Notes what requests of the engine cost and how often the exchange had to say that it were too many.</summary>
internal sealed class WatchedRest(IRestTransport rest, RequestTally tally) : IRestTransport
{
    public async ValueTask<RestResponse> SendAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var response = await rest.SendAsync(request, cancellationToken);
        tally.Add(request, response);
        return response;
    }
}
