using Granary.Engine.Market;
using Granary.Exchange.Accounts;

namespace Granary.Exchange.State;

/// <summary>History in memory; 48 bytes a trade. Ids must rise and may have holes, as in recorded tapes.</summary>
/// <param name="max">Trades kept, the oldest is dropped.</param>
internal sealed class MemoryTradeHistory(int max) : ITradeHistory
{
    private readonly BoundedList<AggTrade> _trades = new(max);

    public AggTrade? Last => _trades.Count == 0 ? null : _trades[_trades.Count - 1];

    public void Append(ReadOnlySpan<AggTrade> trades)
    {
        foreach (var trade in trades) _trades.Add(trade, out _);
    }

    public IReadOnlyList<AggTrade> Read(long fromId, int limit)
    {
        var from = fromId < 0 ? Math.Max(0, _trades.Count - limit) : LowerBound(fromId);
        var result = new AggTrade[Math.Max(0, Math.Min(limit, _trades.Count - from))];
        for (var i = 0; i < result.Length; i++) result[i] = _trades[from + i];
        return result;
    }

    public void Dispose()
    {
    }

    private int LowerBound(long id)
    {
        var low = 0;
        var high = _trades.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_trades[middle].Id < id) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
