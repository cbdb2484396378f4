using Granary.Engine.Snapshots;

namespace Granary.Engine.Risk;

/// <summary>What a standing approval keeps of the account's limits, in one symbol.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="LongNotionalMax">Quote units, what is held included.</param>
/// <param name="ShortNotionalMax">Quote units, what is held included.</param>
/// <param name="OrdersMax">Open orders.</param>
/// <param name="OrdersPerMinuteMax">Orders in a minute.</param>
/// <param name="OrdersPer10sMax">Orders in ten seconds.</param>
internal sealed record StandingReserve(
    long Sequence, decimal LongNotionalMax, decimal ShortNotionalMax, int OrdersMax, int OrdersPerMinuteMax, int OrdersPer10sMax)
{
    /// <summary>What may still be bought and sold on top of a position, at cost, quote units.</summary>
    /// <param name="costBasis">Signed cost of the position.</param>
    internal (decimal Buys, decimal Sells) Room(decimal costBasis) =>
        (LongNotionalMax > 0 ? Math.Max(LongNotionalMax - costBasis, 0) : 0, ShortNotionalMax > 0 ? Math.Max(ShortNotionalMax + costBasis, 0) : 0);

    internal void Write(SnapshotWriter writer)
    {
        writer.Write(Sequence);
        writer.Write(LongNotionalMax);
        writer.Write(ShortNotionalMax);
        writer.Write(OrdersMax);
        writer.Write(OrdersPerMinuteMax);
        writer.Write(OrdersPer10sMax);
    }

    internal static StandingReserve Read(ref SnapshotReader reader)
    {
        var reserve = new StandingReserve(
            reader.ReadInt64(), reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        var isValid = reserve is { Sequence: > 0, LongNotionalMax: >= 0, ShortNotionalMax: >= 0, OrdersMax: >= 0, OrdersPerMinuteMax: >= 0, OrdersPer10sMax: >= 0 };
        return isValid ? reserve : throw new InvalidDataException($"snapshot is damaged: a standing approval of {reserve}");
    }
}
