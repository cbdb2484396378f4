using Granary.Engine.Snapshots;

namespace Granary.Engine.Execution.Slicing;

/// <summary>
/// Volume of the last while, in slots: a sum spans the slots begun within the window, the running one among them, so between fifteen sixteenths of the window
/// and the whole. Exact; allocation-free. Times may come out of order; what is older than the window does not count.
/// </summary>
public sealed class RecentVolume
{
    private const int Slots = 16;
    private readonly Int128[] _slots = new Int128[Slots];
    private readonly long _slotMs;
    private long _newest;
    private Int128 _sum;

    /// <summary>A window without volume.</summary>
    /// <param name="windowMs">Its length, milliseconds, 1 or more; rounded up to a multiple of 16.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is below 1.</exception>
    public RecentVolume(long windowMs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windowMs, 1);
        _slotMs = ((windowMs - 1) / Slots) + 1;
    }

    /// <summary>Takes a volume.</summary>
    /// <param name="timeMs">Milliseconds since the Unix epoch, UTC, 0 or more.</param>
    /// <param name="quantityE8">Base units times 10^8, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time or the quantity is negative.</exception>
    public void Add(long timeMs, long quantityE8)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(timeMs);
        ArgumentOutOfRangeException.ThrowIfNegative(quantityE8);
        var slot = timeMs / _slotMs;
        Advance(slot);
        if (slot <= _newest - Slots) return;
        _slots[slot % Slots] += quantityE8;
        _sum += quantityE8;
    }

    /// <summary>The volume within the window, base units.</summary>
    /// <param name="nowMs">Milliseconds since the Unix epoch, UTC; earlier than a time seen before counts as that.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public decimal Sum(long nowMs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nowMs);
        Advance(nowMs / _slotMs);
        return (decimal)_sum / Market.Fixed8.One;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(RecentVolume), 1);
        writer.Write(_slotMs);
        writer.Write(_newest);
        foreach (var slot in _slots) writer.Write(slot);
    }

    /// <summary>Replaces the state by what <see cref="Write"/> wrote; the length of the window must be the same.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged, of a newer version, or of another length.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(RecentVolume), 1);
        var slotMs = reader.ReadInt64();
        if (slotMs != _slotMs) throw new InvalidDataException($"the snapshot of a recent volume has slots of {slotMs} ms, expected {_slotMs}");
        _newest = reader.ReadInt64();
        if (_newest < 0) throw new InvalidDataException("the snapshot of a recent volume is damaged: its time is before the epoch");
        _sum = 0;
        for (var i = 0; i < Slots; i++)
        {
            var slot = _slots[i] = reader.ReadInt128();
            if (slot < 0 || slot >> 90 != 0) throw new InvalidDataException($"the snapshot of a recent volume is damaged: slot {i} is out of range");
            _sum += slot;
        }
    }

    private void Advance(long slot)
    {
        if (slot <= _newest) return;
        for (var i = Math.Max(_newest + 1, slot - Slots + 1); i <= slot; i++)
        {
            _sum -= _slots[i % Slots];
            _slots[i % Slots] = 0;
        }
        _newest = slot;
    }
}
