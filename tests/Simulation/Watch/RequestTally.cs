using Granary.Venues.Transport;

namespace Granary.Simulation.Watch;

/// <summary>Requests of all engines together, by method and path, and the weight that the exchange counted for their address.</summary>
internal sealed class RequestTally
{
    /// <summary>Answers by method and path.</summary>
    public SortedDictionary<string, int> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>Most weight that the exchange ever counted in a minute; -1 when it did not say.</summary>
    public int WeightMax { get; private set; } = -1;

    /// <summary>Answers that were 429 or 418.</summary>
    public int Refused { get; private set; }

    public void Add(RestRequest request, RestResponse response)
    {
        var name = $"{request.Method} {request.Path}";
        Answers[name] = Answers.GetValueOrDefault(name) + 1;
        WeightMax = Math.Max(WeightMax, response.UsedWeight1m);
        if (response.Status is 429 or 418) Refused++;
    }
}
