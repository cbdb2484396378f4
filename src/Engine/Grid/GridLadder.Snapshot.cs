using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Grid;

/// <content>Snapshots.</content>
public sealed partial class GridLadder
{
    private const string Section = "grid-ladder";
    private const int Version = 1;

    internal void Write(SnapshotWriter writer)
    {
        writer.Section(Section, Version);
        writer.Write(_sign);
        WriteRange(writer, _range);
        WriteRange(writer, _target);
        writer.Write(_isMoveDue);
        writer.Write(_isMoveWaiting);
        writer.Write(_isDraining);
        writer.Write(Cost);
        writer.Write(EntryValue);
        writer.Write(RealizedProfit);
        writer.Write(TripCount);
        writer.Write(SaturationCount);
        writer.Write(IsCashShort);
        writer.Write(IsLiquidationNear);
        writer.Write(IsStopped);
        writer.Write(_swingRung);
        writer.Write(_swingTrips);
        writer.Write(_saturatedRung);
        writer.Write(_rungs.Length);
        for (var i = 0; i < _rungs.Length; i++)
        {
            writer.Write(_prices[i]);
            _rungs[i].Write(writer);
        }
    }

    /// <exception cref="InvalidDataException">The snapshot is damaged or of another side.</exception>
    internal void Restore(ref SnapshotReader reader)
    {
        reader.Section(Section, Version);
        if (reader.ReadInt32() is var sign && sign != _sign) throw new InvalidDataException($"snapshot has a ladder of side {sign}, expected {_sign}");
        (_range, _target) = (ReadRange(ref reader), ReadRange(ref reader));
        (_isMoveDue, _isMoveWaiting, _isDraining) = (reader.ReadBoolean(), reader.ReadBoolean(), reader.ReadBoolean());
        (Cost, EntryValue, RealizedProfit) = (reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadDecimal());
        (TripCount, SaturationCount) = (reader.ReadInt64(), reader.ReadInt64());
        (IsCashShort, IsLiquidationNear, IsStopped) = (reader.ReadBoolean(), reader.ReadBoolean(), reader.ReadBoolean());
        (_swingRung, _swingTrips, _saturatedRung) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        var count = reader.ReadInt32();
        Check(count is >= 0 and <= RungsMax, $"a ladder has {count} rungs");
        Check(IsRung(_swingRung, count) && IsRung(_saturatedRung, count), "a ladder names a rung that it does not have");
        (_prices, _rungs) = (new decimal[count], new Rung[count]);
        for (var i = 0; i < count; i++)
        {
            (_prices[i], _rungs[i]) = (reader.ReadDecimal(), Rung.Read(ref reader));
            Check(_range.IsWithinBoundary(_prices[i]) && _range.IsWithinLimit(_prices[i]), "a level lies outside of the range");
            Check(i == 0 || _sign * (_prices[i] - _prices[i - 1]) > 0, "the levels are out of order");
        }
        var levels = count > 0 && _prices[^1] == _range.Limit ? count - 1 : count;
        for (var i = 0; i < count; i++)
        {
            var level = _rungs[i].TakeProfitLevel;
            Check(level == 0 || (level > i && level <= levels), "a take-profit is on no level above its rung");
        }
        if (count > 0) Land();
        (HeldE8, HeldCount) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            if (_rungs[i].HeldE8 == 0) continue;
            Check(_owners[_rungs[i].TakeProfitLevel] == i, "two take-profits are on one level");
            Check(_rungs[i].HeldE8 <= Fixed8.Max - HeldE8, "more is held than a position can be");
            (HeldE8, HeldCount) = (HeldE8 + _rungs[i].HeldE8, HeldCount + 1);
        }
        Check(Cost >= 0 && EntryValue >= 0 && (HeldE8 > 0 || (Cost == 0 && EntryValue == 0)), "the cost of what is held is impossible");
    }

    private static bool IsRung(int rung, int count) => rung >= NoRung && rung < count;

    private static void WriteRange(SnapshotWriter writer, in GridRange range)
    {
        writer.Write((int)range.Side);
        writer.Write(range.Limit);
        writer.Write(range.Boundary);
    }

    private GridRange ReadRange(ref SnapshotReader reader)
    {
        var range = new GridRange((GridSide)reader.ReadInt32(), reader.ReadDecimal(), reader.ReadDecimal());
        var isRight = range == default || (range.Side == Side && range.Boundary > 0 && range.Limit > 0 && range.Top <= Fixed8.ToDecimal(Fixed8.Max)
            && _sign * (range.Limit - range.Boundary) >= 0);
        Check(isRight, "a ladder has an impossible range");
        return range;
    }

    private static void Check(bool isRight, string problem)
    {
        if (!isRight) throw new InvalidDataException($"snapshot is damaged: {problem}");
    }
}
