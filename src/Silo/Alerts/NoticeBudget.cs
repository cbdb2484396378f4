namespace Granary.Silo.Alerts;

/// <summary>At most so many notices within any period of that length.</summary>
internal sealed class NoticeBudget(int noticesMax, long periodMs)
{
    private readonly Queue<long> _spentMs = new();

    public bool TrySpend(long nowMs)
    {
        while (_spentMs.TryPeek(out var oldest) && nowMs - oldest >= periodMs) _spentMs.Dequeue();
        if (_spentMs.Count >= noticesMax) return false;
        _spentMs.Enqueue(nowMs);
        return true;
    }
}
