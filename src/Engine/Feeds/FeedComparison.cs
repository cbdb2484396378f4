using Granary.Engine.Snapshots;

namespace Granary.Engine.Feeds;

/// <summary>
/// Compares one symbol's prices at the primary venue with those at backup venues. All feeds are looked at on one grid of time, each with the price that it
/// had shown
/// by then (as received here, so that venues' clocks do not matter): no feed is compared with a price that it could not have known. Silence is judged by the
/// last
/// price of each feed, divergence by the mean deviation over a window. Pure; allocation-free per price; whole numbers inside, so that every machine gives
/// the same.
/// </summary>
public sealed class FeedComparison
{
    // Deviations are kept in ten-thousandths of a basis point.
    private const int UnitsPerBp = 10_000;
    private const long DeviationMax = 1_000_000_000_000;
    private readonly FeedComparisonOptions _options;
    private readonly long _divergeUnits;
    private readonly long _agreeUnits;
    private readonly long[] _prices;
    private readonly long[] _times;
    private readonly long[] _window;
    private readonly long[] _sorted;
    private int _count;
    private int _at;
    private long _sum;
    private long _nowMs;
    private long _nextMs;
    private bool _isStarted;
    // Since when the primary has spoken without a silence.
    private long _freshSinceMs;
    private bool _isStale;
    private bool _isDiverging;
    private FeedHealth _health;
    private long _sinceMs;

    /// <summary>A comparison without prices yet.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public FeedComparison(FeedComparisonOptions options)
    {
        options.Validate();
        _options = options;
        _divergeUnits = (long)Math.Round(options.DivergeBps * UnitsPerBp);
        _agreeUnits = (long)Math.Round(options.AgreeBps * UnitsPerBp);
        _prices = new long[options.Backups + 1];
        _times = new long[options.Backups + 1];
        _window = new long[options.WindowSamples];
        _sorted = new long[options.Backups];
    }

    /// <summary>A feed showed a price: mid or mark, but of every feed the same.</summary>
    /// <param name="feed">0 for the primary, 1 and on for the backups in the operator's order.</param>
    /// <param name="receivedMs">When it was received here, on one clock for all feeds; earlier than a time seen before counts as that.</param>
    /// <param name="priceE8">The price times 10^8, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such feed, or a price that is not above 0.</exception>
    public void Add(int feed, long receivedMs, long priceE8)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(feed);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(feed, _prices.Length);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(priceE8);
        // What lies before this price is judged without it.
        Advance(receivedMs);
        if (feed == 0 && (_prices[0] == 0 || !IsFresh(0, _nowMs))) _freshSinceMs = _nowMs;
        _prices[feed] = priceE8;
        _times[feed] = _nowMs;
    }

    /// <summary>Judges at a moment.</summary>
    /// <param name="nowMs">On the clock of the prices; earlier than a time seen before counts as that.</param>
    public FeedVerdict Judge(long nowMs)
    {
        Advance(nowMs);
        return new FeedVerdict(_health, _sinceMs, _count == _window.Length ? (double)_sum / _count / UnitsPerBp : null, BestBackup(_nowMs));
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(FeedComparison), 1);
        writer.Write(_prices.Length);
        writer.Write(_window.Length);
        for (var i = 0; i < _prices.Length; i++)
        {
            writer.Write(_prices[i]);
            writer.Write(_times[i]);
        }
        writer.Write(_count);
        // Oldest first, so that where the ring begins does not matter.
        for (var i = 0; i < _count; i++) writer.Write(_window[(_at - _count + i + _window.Length) % _window.Length]);
        writer.Write(_isStarted);
        writer.Write(_nowMs);
        writer.Write(_nextMs);
        writer.Write(_freshSinceMs);
        writer.Write(_isStale);
        writer.Write(_isDiverging);
        writer.Write((int)_health);
        writer.Write(_sinceMs);
    }

    /// <summary>Reads what <see cref="Write"/> wrote under the same options.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged, or of other options.</exception>
    public static FeedComparison Read(ref SnapshotReader reader, FeedComparisonOptions options)
    {
        var comparison = new FeedComparison(options);
        reader.Section(nameof(FeedComparison), 1);
        if (reader.ReadInt32() != comparison._prices.Length || reader.ReadInt32() != comparison._window.Length)
            throw new InvalidDataException("the snapshot of a feed comparison is of other options");
        for (var i = 0; i < comparison._prices.Length; i++)
        {
            comparison._prices[i] = reader.ReadInt64();
            comparison._times[i] = reader.ReadInt64();
            if (comparison._prices[i] < 0) throw new InvalidDataException("the snapshot of a feed comparison has a price below 0");
        }
        var count = reader.ReadInt32();
        if (count < 0 || count > comparison._window.Length) throw new InvalidDataException("the snapshot of a feed comparison has an impossible number of samples");
        for (var i = 0; i < count; i++)
        {
            var deviation = reader.ReadInt64();
            if (deviation is < -DeviationMax or > DeviationMax) throw new InvalidDataException("the snapshot of a feed comparison has an impossible deviation");
            comparison.Push(deviation);
        }
        comparison._isStarted = reader.ReadBoolean();
        comparison._nowMs = reader.ReadInt64();
        comparison._nextMs = reader.ReadInt64();
        comparison._freshSinceMs = reader.ReadInt64();
        comparison._isStale = reader.ReadBoolean();
        comparison._isDiverging = reader.ReadBoolean();
        var health = reader.ReadInt32();
        if (health is < 0 or > (int)FeedHealth.AllStale) throw new InvalidDataException("the snapshot of a feed comparison has an unknown health");
        comparison._health = (FeedHealth)health;
        comparison._sinceMs = reader.ReadInt64();
        return comparison;
    }

    /// <summary>Takes the samples that are due up to a moment.</summary>
    private void Advance(long nowMs)
    {
        if (!_isStarted)
        {
            _isStarted = true;
            _nowMs = _sinceMs = nowMs;
            _nextMs = nowMs + _options.SampleMs;
            return;
        }
        _nowMs = Math.Max(_nowMs, nowMs);
        // After a long pause all feeds were silent for most of it; samples of then would not tell more than the last few.
        var longest = ((long)_window.Length * _options.SampleMs) + _options.StaleAfterMs;
        if (_nowMs - _nextMs > longest) _nextMs = _nowMs - longest;
        for (; _nextMs <= _nowMs; _nextMs += _options.SampleMs) Sample(_nextMs);
    }

    private void Sample(long timeMs)
    {
        var isPrimaryFresh = IsFresh(0, timeMs);
        var reference = isPrimaryFresh ? Reference(timeMs) : 0;
        if (reference > 0) Push(Deviation(_prices[0], reference));
        else Clear();
        if (_count == _window.Length)
        {
            var total = Math.Abs(_sum);
            if (!_isDiverging && total >= _divergeUnits * _count) _isDiverging = true;
            else if (_isDiverging && total <= _agreeUnits * _count) _isDiverging = false;
        }
        var hasBackup = BestBackup(timeMs) is not null;
        if (!isPrimaryFresh) _isStale = true;
        else if (timeMs - _freshSinceMs >= _options.RecoverAfterMs || _health == FeedHealth.Unverified) _isStale = false;
        var health = _isStale switch
        {
            true when !isPrimaryFresh && !hasBackup => FeedHealth.AllStale,
            true => FeedHealth.Stale,
            _ when _isDiverging => FeedHealth.Diverging,
            _ => _count == _window.Length ? FeedHealth.Agreeing : FeedHealth.Unverified,
        };
        if (health == _health) return;
        _health = health;
        _sinceMs = timeMs;
    }

    /// <summary>The median of the living backups (of two the lower of their mean); 0 without any.</summary>
    private long Reference(long timeMs)
    {
        var count = 0;
        for (var feed = 1; feed < _prices.Length; feed++)
            if (IsFresh(feed, timeMs))
                _sorted[count++] = _prices[feed];
        if (count == 0) return 0;
        _sorted.AsSpan(0, count).Sort();
        var (low, high) = (_sorted[(count - 1) / 2], _sorted[count / 2]);
        return low + ((high - low) / 2);
    }

    private int? BestBackup(long timeMs)
    {
        for (var feed = 1; feed < _prices.Length; feed++)
            if (IsFresh(feed, timeMs))
                return feed;
        return null;
    }

    private bool IsFresh(int feed, long timeMs) => _prices[feed] > 0 && timeMs - _times[feed] <= _options.StaleAfterMs;

    private void Push(long deviation)
    {
        if (_count == _window.Length) _sum -= _window[_at];
        else _count++;
        _window[_at] = deviation;
        _sum += deviation;
        _at = (_at + 1) % _window.Length;
    }

    private void Clear()
    {
        _count = _at = 0;
        _sum = 0;
    }

    // Bounded, so that sums of it cannot overflow; beyond a factor of ten thousand it does not matter how wrong a price is.
    private static long Deviation(long price, long reference) =>
        (long)Int128.Clamp((Int128)(price - reference) * (UnitsPerBp * 10_000L) / reference, -DeviationMax, DeviationMax);
}
