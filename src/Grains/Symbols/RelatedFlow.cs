using Granary.Grains.Interfaces.Symbols;

namespace Granary.Grains.Symbols;

/// <summary>The newest bars of the related market, to be joined to this one's by time (formulas §4.5). They are not kept over a restart: the next ones tell.</summary>
internal sealed class RelatedFlow
{
    private const int BarsMax = 64;

    /// <summary>Beyond this a bar says nothing about now: 10 minutes.</summary>
    private const long AgeMsMax = 600_000;

    private readonly Queue<RelatedBar> _bars = new(BarsMax);
    private long _newestMs = -1;

    /// <summary>Takes a closed bar; one that is not newer than those before is ignored.</summary>
    public void Add(RelatedBar bar)
    {
        if (bar.CloseTimeMs < _newestMs) return;
        if (_bars.Count == BarsMax) _bars.Dequeue();
        _bars.Enqueue(bar);
        _newestMs = bar.CloseTimeMs;
    }

    /// <summary>Order flow imbalance of the last bar that had closed by then, never of a later one; null when there is none, or it is too old.</summary>
    public double? AsOf(long timeMs)
    {
        RelatedBar? found = null;
        foreach (var bar in _bars)
        {
            if (bar.CloseTimeMs > timeMs) break;
            found = bar;
        }
        return found is null || timeMs - found.CloseTimeMs > AgeMsMax ? null : found.Ofi;
    }
}
