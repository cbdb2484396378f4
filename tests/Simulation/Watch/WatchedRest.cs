using Granary.Venues.Transport;

namespace Granary.Simulation.Watch;

/// <summary>Notes what requests of the engine cost and how often the exchange had to say that it were too many; holds what is to hang.</summary>
internal sealed class WatchedRest(IRestTransport rest, RequestTally tally, Snare snare) : IRestTransport
{
    public async ValueTask<RestResponse> SendAsync(RestRequest request, CancellationToken cancellationToken)
    {
        // Held without regard to the token: a transport that is stuck hears nothing.
        if (snare.Catch($"{request.Method} {request.Path}") is { } held) await held;
        var response = await rest.SendAsync(request, cancellationToken);
        tally.Add(request, response);
        return response;
    }
}
