namespace Granary.Engine.Supervision;

/// <summary>
/// One queue's length over a window. It is reported before its bound is reached: at a share of it, or earlier when it has grown over the whole window at a pace
/// that leads there within the horizon; and again when it is back at half of that share and no longer grows so.
/// </summary>
public sealed class QueueTrend
{
    /// <summary>A queue below this share of its alert is short, however fast it grew.</summary>
    private const double ShortShare = 0.2;

    private readonly long _bound;
    private readonly QueueOptions _options;
    private readonly Queue<(long TimeMs, long Length)> _samples = new();

    /// <summary>Creates a trend without samples.</summary>
    /// <param name="bound">Where the queue is full; above 0.</param>
    /// <param name="options">When it counts as growing.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public QueueTrend(long bound, QueueOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        if (options.AlertShare is not (> 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(options), $"AlertShare was {options.AlertShare}, expected above 0 to 1");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.WindowMs, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.HorizonMs, nameof(options));
        (_bound, _options) = (bound, options);
    }

    /// <summary>Whether it is reported now.</summary>
    public bool IsGrowing { get; private set; }

    /// <summary>Entries a second that it gained over the window; 0 before there is one.</summary>
    public double PerSecond { get; private set; }

    /// <summary>Looks at the queue.</summary>
    /// <param name="nowMs">The time, milliseconds, not before that of the look before.</param>
    /// <param name="length">Entries that wait; 0 or more.</param>
    public QueueVerdict Look(long nowMs, long length)
    {
        _samples.Enqueue((nowMs, length));

        // The oldest that is kept lies at the beginning of the window or before it.
        while (_samples.Count > 1 && nowMs - Second().TimeMs >= _options.WindowMs) _samples.Dequeue();
        var (firstMs, first) = _samples.Peek();
        var isWhole = nowMs - firstMs >= _options.WindowMs;
        PerSecond = isWhole ? (length - first) * 1_000.0 / (nowMs - firstMs) : 0;
        var alert = _bound * _options.AlertShare;
        var isHeading = PerSecond > 0 && length >= alert * ShortShare && length + (PerSecond * _options.HorizonMs / 1_000) >= _bound;
        var isGrowing = length >= alert || isHeading || (IsGrowing && length > alert / 2);
        if (isGrowing == IsGrowing) return QueueVerdict.None;
        IsGrowing = isGrowing;
        return isGrowing ? QueueVerdict.Growing : QueueVerdict.Over;
    }

    private (long TimeMs, long Length) Second()
    {
        using var samples = _samples.GetEnumerator();
        samples.MoveNext();
        samples.MoveNext();
        return samples.Current;
    }
}
