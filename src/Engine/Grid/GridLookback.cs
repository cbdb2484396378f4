using Granary.Engine.Snapshots;

namespace Granary.Engine.Grid;

/// <summary>
/// Highest high and lowest low of the last bars. Each bar enters and leaves either list once, so a bar costs the same however long the lookback is;
/// allocation-free.
/// </summary>
internal sealed class GridLookback
{
    private const string Section = "grid-lookback";
    private const int Version = 1;

    private readonly int _bars;
    private readonly Extremes _highs;
    private readonly Extremes _lows;
    private long _count;

    /// <param name="bars">1 or more.</param>
    public GridLookback(int bars)
    {
        _bars = bars;
        (_highs, _lows) = (new Extremes(bars), new Extremes(bars));
    }

    /// <summary>Highest high of the last bars; null before the first.</summary>
    public decimal? High => _highs.Best;

    /// <summary>Lowest low of the last bars; null before the first.</summary>
    public decimal? Low => -_lows.Best;

    /// <summary>Takes a closed bar.</summary>
    /// <exception cref="ArgumentException">The low is not above 0, or above the high.</exception>
    public void Add(decimal high, decimal low)
    {
        GridCheck.Require(nameof(low), low, low > 0, "above 0");
        GridCheck.Require(nameof(high), high, high >= low, "the low or above");
        _highs.Add(_count, high, _count - _bars);
        _lows.Add(_count, -low, _count - _bars);
        _count++;
    }

    public void Write(SnapshotWriter writer)
    {
        writer.Section(Section, Version);
        writer.Write(_bars);
        writer.Write(_count);
        _highs.Write(writer);
        _lows.Write(writer);
    }

    /// <exception cref="InvalidDataException">The snapshot is damaged or of another lookback.</exception>
    public static GridLookback Read(ref SnapshotReader reader, int bars)
    {
        reader.Section(Section, Version);
        if (reader.ReadInt32() is var found && found != bars) throw new InvalidDataException($"snapshot has a lookback of {found} bars, expected {bars}");
        var lookback = new GridLookback(bars) { _count = reader.ReadInt64() };
        if (lookback._count < 0) throw new InvalidDataException("snapshot is damaged: the lookback has a negative number of bars");
        lookback._highs.Restore(ref reader, lookback._count);
        lookback._lows.Restore(ref reader, lookback._count);
        return lookback;
    }

    /// <summary>The values that are, or will become, the largest of the window: each smaller and later than the one before.</summary>
    private sealed class Extremes(int capacity)
    {
        private readonly (long At, decimal Value)[] _ring = new (long, decimal)[capacity];
        private int _first;
        private int _length;

        public decimal? Best => _length > 0 ? _ring[_first].Value : null;

        /// <param name="at">Number of the bar.</param>
        /// <param name="value">Its value.</param>
        /// <param name="expired">Number of the last bar that is no longer in the window.</param>
        public void Add(long at, decimal value, long expired)
        {
            if (_length > 0 && _ring[_first].At <= expired) (_first, _length) = (Wrap(_first + 1), _length - 1);
            while (_length > 0 && _ring[Wrap(_first + _length - 1)].Value <= value) _length--;
            _ring[Wrap(_first + _length++)] = (at, value);
        }

        public void Write(SnapshotWriter writer)
        {
            writer.Write(_length);
            for (var i = 0; i < _length; i++)
            {
                var (at, value) = _ring[Wrap(_first + i)];
                writer.Write(at);
                writer.Write(value);
            }
        }

        public void Restore(ref SnapshotReader reader, long count)
        {
            var length = reader.ReadInt32();
            if (length < 0 || length > _ring.Length || (length == 0) != (count == 0))
                throw new InvalidDataException($"snapshot is damaged: a lookback has {length} extremes");
            for (var i = 0; i < length; i++)
            {
                var (at, value) = (reader.ReadInt64(), reader.ReadDecimal());
                if (at >= count || at < count - _ring.Length || (i > 0 && (at <= _ring[i - 1].At || value >= _ring[i - 1].Value)))
                    throw new InvalidDataException("snapshot is damaged: the extremes of a lookback are out of order");
                _ring[i] = (at, value);
            }
            _length = length;
        }

        private int Wrap(int place) => place < _ring.Length ? place : place - _ring.Length;
    }
}
