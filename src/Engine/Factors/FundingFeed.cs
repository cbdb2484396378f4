using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Factors;

/// <summary>
/// Which funding rate a minute sees: the last one settled at or before its open time (formulas §6.1). A record may come before the minute that first sees it
/// and waits here; at most <see cref="WaitingMax"/> do.
/// </summary>
internal sealed class FundingFeed
{
    /// <summary>The most records that may wait for their minute: 4,096, more than three years of settlements every eight hours.</summary>
    public const int WaitingMax = 4_096;

    private readonly List<FundingRate> _waiting = [];
    private long _lastTimeMs = long.MinValue;
    private decimal? _rate;

    /// <summary>Takes a record; false when it is not newer than the last one and therefore ignored.</summary>
    /// <exception cref="InvalidOperationException">Too many records wait.</exception>
    public bool Add(in FundingRate record)
    {
        if (record.TimeMs <= _lastTimeMs) return false;
        if (_waiting.Count == WaitingMax)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"{WaitingMax} funding records wait for minutes that have not come, the first of {_waiting[0].TimeMs}; add the candles up to there first"));
        }
        _waiting.Add(record);
        _lastTimeMs = record.TimeMs;
        return true;
    }

    /// <summary>The rate that a minute sees; minutes are asked for in order.</summary>
    public decimal? At(long openTimeMs)
    {
        var due = 0;
        while (due < _waiting.Count && _waiting[due].TimeMs <= openTimeMs) _rate = _waiting[due++].Rate;
        _waiting.RemoveRange(0, due);
        return _rate;
    }

    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(FundingFeed), 1);
        writer.Write(_lastTimeMs);
        writer.WriteOptional(_rate);
        writer.Write(_waiting.Count);
        foreach (var record in _waiting)
        {
            writer.Write(record.TimeMs);
            writer.Write(record.Rate);
        }
    }

    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(FundingFeed), 1);
        _lastTimeMs = reader.ReadInt64();
        _rate = reader.ReadOptionalDecimal();
        var count = reader.ReadInt32();
        if (count is < 0 or > WaitingMax) throw new InvalidDataException($"snapshot of funding is damaged: it claims {count} waiting records");
        _waiting.Clear();
        for (var i = 0; i < count; i++) _waiting.Add(new FundingRate(reader.ReadInt64(), reader.ReadDecimal()));
    }
}
