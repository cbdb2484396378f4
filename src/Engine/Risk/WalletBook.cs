using Granary.Engine.Orders;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Risk;

/// <summary>
/// The wallet balance from two sources that race each other: the venue's statements, which are true as of their time, and the fills and funding after it,
/// which are added until a later statement contains them. A fill of the same millisecond as a statement counts as contained in it. At most
/// <see cref="LaterMax"/> amounts wait; when full the oldest is added to the statement for good.
/// </summary>
public sealed class WalletBook
{
    /// <summary>Amounts that wait for a statement.</summary>
    public const int LaterMax = 4096;

    private readonly Queue<(long TimeMs, decimal Amount)> _later = [];
    private decimal? _stated;
    private decimal _laterSum;

    /// <summary>Time of the latest statement, milliseconds since the Unix epoch, UTC.</summary>
    public long StatedMs { get; private set; }

    /// <summary>Wallet balance without unrealised PnL, quote units; null before the first statement.</summary>
    public decimal? Balance => _stated + _laterSum;

    /// <summary>Takes the venue's statement; an older one than the latest is ignored.</summary>
    public void State(decimal balance, long timeMs)
    {
        if (_stated is not null && timeMs < StatedMs) return;
        _stated = balance;
        StatedMs = timeMs;
        for (var i = _later.Count; i > 0; i--)
        {
            var entry = _later.Dequeue();
            if (entry.TimeMs > timeMs) _later.Enqueue(entry);
            else _laterSum -= entry.Amount;
        }
    }

    /// <summary>Adds a realised amount, fee or funding payment unless the latest statement contains it.</summary>
    public void Add(decimal amount, long timeMs)
    {
        if (amount == 0 || (_stated is not null && timeMs <= StatedMs)) return;
        if (_stated is not null && _later.Count == LaterMax)
        {
            var oldest = _later.Dequeue();
            _stated += oldest.Amount;
            _laterSum -= oldest.Amount;
        }
        else if (_later.Count == LaterMax) _laterSum -= _later.Dequeue().Amount;
        _later.Enqueue((timeMs, amount));
        _laterSum += amount;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section("wallet", 1);
        writer.WriteNullable(_stated);
        writer.Write(StatedMs);
        writer.Write(_laterSum);
        writer.Write(_later.Count);
        foreach (var (timeMs, amount) in _later)
        {
            writer.Write(timeMs);
            writer.Write(amount);
        }
    }

    /// <summary>Replaces the state by what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged or of a newer version.</exception>
    public void Read(ref SnapshotReader reader)
    {
        reader.Section("wallet", 1);
        _stated = reader.ReadNullableDecimal();
        StatedMs = reader.ReadInt64();
        _laterSum = reader.ReadDecimal();
        _later.Clear();
        for (var i = reader.ReadCount(LaterMax, "wallet amounts"); i > 0; i--) _later.Enqueue((reader.ReadInt64(), reader.ReadDecimal()));
    }
}
