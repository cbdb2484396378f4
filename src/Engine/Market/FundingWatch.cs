using Granary.Engine.Snapshots;

namespace Granary.Engine.Market;

/// <summary>
/// Finds funding settlements in the stream of mark prices: when the next settlement moves on, the one before has taken place, at the rate told last for it.
/// </summary>
public sealed class FundingWatch
{
    private long _nextTimeMs;
    private decimal _rate;

    /// <summary>Takes a mark price.</summary>
    /// <param name="mark">In the order of time; one without a next funding time tells nothing.</param>
    /// <returns>The settlement that has taken place since the one before, or null.</returns>
    public FundingRate? Add(in MarkPrice mark)
    {
        if (mark.NextFundingTimeMs <= 0 || mark.NextFundingTimeMs < _nextTimeMs) return null;
        FundingRate? settled = _nextTimeMs > 0 && mark.NextFundingTimeMs > _nextTimeMs ? new FundingRate(_nextTimeMs, _rate) : null;
        _nextTimeMs = mark.NextFundingTimeMs;
        _rate = mark.FundingRate;
        return settled;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(FundingWatch), 1);
        writer.Write(_nextTimeMs);
        writer.Write(_rate);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged, or not of a funding watch.</exception>
    public static FundingWatch Read(ref SnapshotReader reader)
    {
        reader.Section(nameof(FundingWatch), 1);
        return new FundingWatch { _nextTimeMs = reader.ReadInt64(), _rate = reader.ReadDecimal() };
    }
}
