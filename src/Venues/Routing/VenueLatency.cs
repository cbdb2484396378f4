using Granary.Engine.Statistics;

namespace Granary.Venues.Routing;

/// <summary>How long a venue takes to answer order requests: the 0.95-quantile of the last 64.</summary>
internal sealed class VenueLatency
{
    private const int Answers = 64;
    private const double Level = 0.95;

    private readonly SortedWindow _recent = new(Answers);

    /// <summary>Milliseconds; null before the first answer.</summary>
    public double? Ms => _recent.Count > 0 ? _recent.Quantile(Level) : null;

    public void Add(TimeSpan taken) => _recent.Push(taken.TotalMilliseconds);
}
