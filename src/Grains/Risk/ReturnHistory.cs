using Granary.Engine.Performance;
using Granary.Engine.Snapshots;

namespace Granary.Grains.Risk;

/// <summary>
/// Returns of the mark prices of an account's symbols over equal periods of market time. A period without a mark price breaks a symbol's chain: neither it nor the
/// one after it has a return. Returns are handed out only for periods that all wanted symbols have, so that their joint moves are kept.
/// </summary>
/// <param name="periodMinutes">Length of a period, minutes.</param>
/// <param name="capacity">Returns kept per symbol.</param>
internal sealed class ReturnHistory(int periodMinutes, int capacity)
{
    private readonly SortedDictionary<string, Series> _series = new(StringComparer.Ordinal);

    /// <summary>Takes a mark price; one of a period that is over is ignored.</summary>
    public void Observe(string symbol, decimal mark, long timeMs)
    {
        if (mark <= 0) return;
        if (!_series.TryGetValue(symbol, out var series)) _series[symbol] = series = new Series();
        series.Observe(timeMs / (periodMinutes * 60_000L), mark, capacity);
    }

    /// <summary>Adds the returns between consecutive closes that are not known yet; what was heard stays.</summary>
    /// <param name="symbol">Upper-case symbol.</param>
    /// <param name="closes">Closing prices by period, periods rising, of periods that are over.</param>
    public void Seed(string symbol, IReadOnlyList<(long Period, decimal Close)> closes)
    {
        if (!_series.TryGetValue(symbol, out var series)) _series[symbol] = series = new Series();
        series.Seed(closes, capacity);
    }

    /// <summary>The symbols' returns over the periods that all of them have, oldest first; all empty when there is no such period.</summary>
    public IReadOnlyList<PortfolioReturns> Of(IReadOnlyList<string> symbols)
    {
        HashSet<long>? common = null;
        foreach (var symbol in symbols)
        {
            var periods = _series.TryGetValue(symbol, out var series) ? series.Returns.Select(r => r.Period) : [];
            if (common is null) common = [.. periods];
            else common.IntersectWith(periods);
        }

        return
        [
            .. symbols.Select(symbol => new PortfolioReturns(
                symbol, _series.TryGetValue(symbol, out var series) ? [.. series.Returns.Where(r => common!.Contains(r.Period)).Select(r => r.Return)] : [])),
        ];
    }

    public byte[] Save()
    {
        var writer = new SnapshotWriter();
        writer.Section("returns", 1);
        writer.Write(periodMinutes);
        writer.Write(_series.Count);
        foreach (var (symbol, series) in _series)
        {
            writer.Write(symbol);
            series.Write(writer);
        }

        return writer.ToArray();
    }

    /// <summary>Takes a saved history over; one of another period length is of no use, and forgotten.</summary>
    /// <exception cref="InvalidDataException">It is damaged or of a newer version.</exception>
    public void Load(byte[] bytes)
    {
        var reader = new SnapshotReader(bytes);
        reader.Section("returns", 1);
        if (reader.ReadInt32() != periodMinutes) return;
        for (var i = reader.ReadInt32(); i > 0; i--)
        {
            var series = new Series();
            var symbol = reader.ReadString();
            series.Read(ref reader, capacity);
            _series[symbol] = series;
        }
    }

    private sealed class Series
    {
        private long _period = -1;
        private decimal _mark;
        private decimal _closeBefore;

        public Queue<(long Period, double Return)> Returns { get; } = [];

        public void Observe(long period, decimal mark, int capacity)
        {
            if (period < _period) return;
            if (period > _period)
            {
                if (_closeBefore > 0) Add(_period, (double)(_mark / _closeBefore) - 1, capacity);
                _closeBefore = period == _period + 1 ? _mark : 0;
                _period = period;
            }

            _mark = mark;
        }

        public void Seed(IReadOnlyList<(long Period, decimal Close)> closes, int capacity)
        {
            var known = new SortedDictionary<long, double>();
            for (var i = 1; i < closes.Count; i++)
            {
                if (closes[i].Period == closes[i - 1].Period + 1) known[closes[i].Period] = (double)(closes[i].Close / closes[i - 1].Close) - 1;
            }

            foreach (var (period, value) in Returns) known[period] = value;
            Returns.Clear();
            foreach (var (period, value) in known.Skip(known.Count - capacity)) Returns.Enqueue((period, value));
        }

        public void Write(SnapshotWriter writer)
        {
            writer.Write(_period);
            writer.Write(_mark);
            writer.Write(_closeBefore);
            writer.Write(Returns.Count);
            foreach (var (period, value) in Returns)
            {
                writer.Write(period);
                writer.Write(value);
            }
        }

        public void Read(ref SnapshotReader reader, int capacity)
        {
            _period = reader.ReadInt64();
            _mark = reader.ReadDecimal();
            _closeBefore = reader.ReadDecimal();
            for (var i = reader.ReadInt32(); i > 0; i--) Add(reader.ReadInt64(), reader.ReadDouble(), capacity);
        }

        private void Add(long period, double value, int capacity)
        {
            if (Returns.Count == capacity) Returns.Dequeue();
            Returns.Enqueue((period, value));
        }
    }
}
