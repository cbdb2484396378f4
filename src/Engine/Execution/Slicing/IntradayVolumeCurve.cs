using Granary.Engine.Snapshots;

namespace Granary.Engine.Execution.Slicing;

/// <summary>
/// How a symbol's volume spreads over the UTC day, learned from past days: the exponentially weighted mean of each bucket's share of its day, smoothed, and the
/// weighted mean of the days' volumes. A day enters when it is over and not before, so that the curve never knows the running day. Buckets of which a part was
/// not seen are taken from the curve so far, and the rest of that day is scaled to what they leave; a day with too many of them, without volume, or with any
/// while there is no curve yet is left out. Allocation-free per event; one division a bucket at the end of a day. Not safe for concurrent use.
/// </summary>
public sealed class IntradayVolumeCurve
{
    private readonly VolumeCurveOptions _options;
    private readonly double _decay;

    // The running day: E8 volumes, and which buckets have a hole.
    private readonly Int128[] _volumes;
    private readonly bool[] _missing;

    // Of the learned days: weighted sums of the shares and of the volumes, and the sum of the weights.
    private readonly double[] _shares;
    private double _volume;
    private double _weight;

    // Share of the day before each bucket, smoothed; follows from the sums.
    private readonly double[] _cumulative;
    private bool _isStarted;
    private long _day;
    private long _lastMs;
    private bool _isInHole;

    /// <summary>A curve that has learned nothing.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public IntradayVolumeCurve(VolumeCurveOptions options)
    {
        options.Validate();
        _options = options;
        _decay = 1 - (2.0 / (options.SpanDays + 1));
        _volumes = new Int128[options.Buckets];
        _missing = new bool[options.Buckets];
        _shares = new double[options.Buckets];
        _cumulative = new double[options.Buckets + 1];
    }

    /// <summary>Days learned.</summary>
    public int Days { get; private set; }

    /// <summary>Days with volume that were left out for their holes.</summary>
    public int DaysLeftOut { get; private set; }

    /// <summary>Whether enough days were learned for the curve to say something.</summary>
    public bool IsReady => Days >= _options.DaysMin;

    /// <summary>Expected volume of a day, base units; null before <see cref="IsReady"/>.</summary>
    public double? DayVolume => IsReady ? _volume / _weight : null;

    /// <summary>Takes a trade.</summary>
    /// <param name="timeMs">When, milliseconds since the Unix epoch, UTC, 0 or more.</param>
    /// <param name="quantityE8">Base units times 10^8, 0 or more.</param>
    /// <returns>False when its day is closed already: it is not counted.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time or the quantity is negative.</exception>
    public bool OnTrade(long timeMs, long quantityE8) => OnBar(timeMs, timeMs, quantityE8);

    /// <summary>Takes the volume of a bar; a bar of several buckets is spread over them by time. One without volume says that nothing traded.</summary>
    /// <param name="openTimeMs">First millisecond, since the Unix epoch, UTC, 0 or more.</param>
    /// <param name="closeTimeMs">Last millisecond, as the venues' candles have it; at most a day after the first.</param>
    /// <param name="volumeE8">Base units times 10^8, 0 or more.</param>
    /// <returns>False when its day is closed already: it is not counted.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A time or the volume is out of its range.</exception>
    public bool OnBar(long openTimeMs, long closeTimeMs, long volumeE8)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(openTimeMs);
        ArgumentOutOfRangeException.ThrowIfLessThan(closeTimeMs, openTimeMs);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(closeTimeMs, openTimeMs + VolumeCurveOptions.DayMs - 1);
        ArgumentOutOfRangeException.ThrowIfNegative(volumeE8);
        if (_isStarted && openTimeMs / VolumeCurveOptions.DayMs < _day) return false;
        var (from, left) = (openTimeMs, volumeE8);
        while (true)
        {
            See(from);
            var last = Math.Min(closeTimeMs, from - (from % _options.BucketMs) + _options.BucketMs - 1);
            // What is left by the time that is left: the parts sum to the whole.
            var part = (long)((Int128)left * (last - from + 1) / (closeTimeMs - from + 1));
            _volumes[BucketOf(from)] += part;
            _lastMs = Math.Max(_lastMs, last);
            if (last == closeTimeMs) return true;
            (from, left) = (last + 1, left - part);
        }
    }

    /// <summary>Says that nothing is known of a time: the source was away. Buckets it touches are not learned from.</summary>
    /// <param name="fromMs">Its begin, milliseconds since the Unix epoch, UTC, 0 or more.</param>
    /// <param name="toMs">Its end, not included; not before the begin.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is out of its range.</exception>
    public void OnGap(long fromMs, long toMs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fromMs);
        ArgumentOutOfRangeException.ThrowIfLessThan(toMs, fromMs);
        if (toMs == fromMs) return;
        // The day in which the gap begins may be the running one.
        OnTime(fromMs);
        Miss(fromMs, toMs);
        OnTime(toMs);
        Miss(fromMs, toMs);
    }

    /// <summary>Closes the day that is over by now, so that the curve has it before the new day's first trade.</summary>
    /// <param name="nowMs">Milliseconds since the Unix epoch, UTC, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public void OnTime(long nowMs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nowMs);
        var day = nowMs / VolumeCurveOptions.DayMs;
        if (!_isStarted) (_isStarted, _isInHole, _day, _lastMs) = (true, true, day, day * VolumeCurveOptions.DayMs);
        if (day <= _day) return;
        var end = (_day + 1) * VolumeCurveOptions.DayMs;
        var isSilent = _isInHole || end - 1 - _lastMs > _options.SilenceMsMax;
        if (isSilent) Miss(_lastMs, end);
        CloseDay();
        // Judged by each day alone, so that it does not matter whether the end of the day or the next trade told of it.
        _isInHole = isSilent || day > _day + 1;
        _day = day;
        _lastMs = day * VolumeCurveOptions.DayMs;
    }

    /// <summary>Expected volume between two times as a share of a day's; a span of several days has more than 1.</summary>
    /// <param name="fromMs">Milliseconds since the Unix epoch, UTC, 0 or more.</param>
    /// <param name="toMs">Not before <paramref name="fromMs"/>; not included.</param>
    /// <returns>0 or more; null before <see cref="IsReady"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A time is out of its range.</exception>
    public double? Share(long fromMs, long toMs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fromMs);
        ArgumentOutOfRangeException.ThrowIfLessThan(toMs, fromMs);
        if (!IsReady) return null;
        var days = (toMs / VolumeCurveOptions.DayMs) - (fromMs / VolumeCurveOptions.DayMs);
        return Math.Max(0, days + (ShareBefore(toMs) - ShareBefore(fromMs)));
    }

    /// <summary>Expected volume between two times, base units; null before <see cref="IsReady"/>.</summary>
    /// <inheritdoc cref="Share" path="/param|/exception"/>
    public double? ExpectedVolume(long fromMs, long toMs) => Share(fromMs, toMs) * DayVolume;

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(IntradayVolumeCurve), 1);
        writer.Write(_options.BucketMs);
        writer.Write(_isStarted);
        writer.Write(_day);
        writer.Write(_lastMs);
        writer.Write(_isInHole);
        writer.Write(Days);
        writer.Write(DaysLeftOut);
        writer.Write(_volume);
        writer.Write(_weight);
        for (var i = 0; i < _volumes.Length; i++)
        {
            writer.Write(_volumes[i]);
            writer.Write(_missing[i]);
            writer.Write(_shares[i]);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">Stands at the curve's section.</param>
    /// <param name="options">With the width of buckets that was written; the others may have changed.</param>
    /// <exception cref="InvalidDataException">The snapshot is damaged, of a newer version, or of another width of buckets.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static IntradayVolumeCurve Read(ref SnapshotReader reader, VolumeCurveOptions options)
    {
        var curve = new IntradayVolumeCurve(options);
        reader.Section(nameof(IntradayVolumeCurve), 1);
        var bucketMs = reader.ReadInt32();
        if (bucketMs != options.BucketMs)
            throw new InvalidDataException($"the snapshot of a volume curve has buckets of {bucketMs} ms, expected {options.BucketMs}");
        curve._isStarted = reader.ReadBoolean();
        curve._day = reader.ReadInt64();
        curve._lastMs = reader.ReadInt64();
        curve._isInHole = reader.ReadBoolean();
        curve.Days = reader.ReadInt32();
        curve.DaysLeftOut = reader.ReadInt32();
        curve._volume = reader.ReadDouble();
        curve._weight = reader.ReadDouble();
        var isRight = curve._day is >= 0 and <= long.MaxValue / VolumeCurveOptions.DayMs / 2 && curve._lastMs >= curve._day * VolumeCurveOptions.DayMs
            && curve._lastMs < (curve._day + 1) * VolumeCurveOptions.DayMs && curve.Days >= 0 && curve.DaysLeftOut >= 0
            && (curve.Days == 0 ? curve is { _weight: 0, _volume: 0 } : curve._weight >= 1 && double.IsFinite(curve._weight)
                && curve._volume > 0 && double.IsFinite(curve._volume));
        double sum = 0;
        for (var i = 0; i < curve._volumes.Length; i++)
        {
            curve._volumes[i] = reader.ReadInt128();
            curve._missing[i] = reader.ReadBoolean();
            var share = curve._shares[i] = reader.ReadDouble();
            isRight &= curve._volumes[i] >= 0 && curve._volumes[i] >> 90 == 0 && share >= 0 && double.IsFinite(share);
            sum += share;
        }
        if (!isRight || (curve.Days > 0) != (sum > 0) || !double.IsFinite(sum))
            throw new InvalidDataException("the snapshot of a volume curve is damaged: its values contradict each other");
        if (curve.Days > 0) curve.Rebuild();
        return curve;
    }

    private static int BucketOf(long timeMs, int bucketMs) => (int)(timeMs % VolumeCurveOptions.DayMs / bucketMs);

    private int BucketOf(long timeMs) => BucketOf(timeMs, _options.BucketMs);

    private double ShareBefore(long timeMs)
    {
        var bucket = BucketOf(timeMs);
        var within = (double)(timeMs % _options.BucketMs) / _options.BucketMs;
        return _cumulative[bucket] + ((_cumulative[bucket + 1] - _cumulative[bucket]) * within);
    }

    /// <summary>The source speaks at a time of the running day or later: what lies before may have been a hole.</summary>
    private void See(long timeMs)
    {
        OnTime(timeMs);
        if (_isInHole || timeMs - _lastMs > _options.SilenceMsMax) Miss(_lastMs, timeMs);
        _isInHole = false;
    }

    /// <summary>Marks the running day's buckets that a span touches.</summary>
    private void Miss(long fromMs, long toMs)
    {
        var dayMs = _day * VolumeCurveOptions.DayMs;
        var (from, last) = (Math.Max(fromMs, dayMs), Math.Min(toMs, dayMs + VolumeCurveOptions.DayMs) - 1);
        if (from > last) return;
        for (var i = BucketOf(from); i <= BucketOf(last); i++) _missing[i] = true;
    }

    private void CloseDay()
    {
        if (TryLearn()) Rebuild();
        else if (_volumes.AsSpan().ContainsAnyExcept(Int128.Zero)) DaysLeftOut++;
        Array.Clear(_volumes);
        Array.Clear(_missing);
    }

    private bool TryLearn()
    {
        Int128 total = 0;
        var known = 0;
        double knownShare = 0;
        for (var i = 0; i < _volumes.Length; i++)
        {
            if (_missing[i]) continue;
            known++;
            total += _volumes[i];
            knownShare += _shares[i];
        }
        var isWhole = known == _volumes.Length;
        if (total == 0 || (!isWhole && (Days == 0 || knownShare <= 0 || known < _options.CoverageMin * _volumes.Length))) return false;
        knownShare = isWhole ? 1 : knownShare / _weight;
        var volume = (double)total;
        for (var i = 0; i < _volumes.Length; i++)
        {
            var share = _missing[i] ? _shares[i] / _weight : (double)_volumes[i] / volume * knownShare;
            _shares[i] = (_decay * _shares[i]) + share;
        }
        _volume = (_decay * _volume) + (volume / Market.Fixed8.One / knownShare);
        _weight = (_decay * _weight) + 1;
        Days++;
        return true;
    }

    private void Rebuild()
    {
        var (buckets, reach) = (_shares.Length, _options.SmoothingBuckets);
        double sum = 0;
        for (var i = 0; i < buckets; i++)
        {
            double smooth = 0;
            for (var j = -reach; j <= reach; j++) smooth += (reach + 1 - Math.Abs(j)) * _shares[(i + j + buckets) % buckets];
            sum += smooth;
            _cumulative[i + 1] = sum;
        }
        for (var i = 1; i < buckets; i++) _cumulative[i] /= sum;
        _cumulative[buckets] = 1;
    }
}
