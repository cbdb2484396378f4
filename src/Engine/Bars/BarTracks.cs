using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Bars;

/// <summary>
/// The bars of one symbol besides its volume bars: tick bars and time bars (formulas §1.5, §1.6), built from the same cleaned trades
/// (<see cref="TradeCleaner"/>), and the last of each kept. Bars that have closed must be taken, with <see cref="TryTakeTickBar"/> and
/// <see cref="TryTakeTimeBar"/>, before the next trade. Allocation-free per trade; memory is bounded by the options.
/// </summary>
public sealed class BarTracks
{
    private readonly BarTrackOptions _options;
    private readonly RecentBars<Bar> _tickBars;
    private readonly RecentBars<TimeBar>[] _timeBars;
    private TickBarBuilder? _ticks;
    private TimeBarBuilder? _times;
    private bool _hasTickBar;

    // Trades that no track has taken yet: all belong to the running bars, so that they are summed once for all tracks.
    private TradeTotals _shared;
    private int _sharedMax;

    /// <summary>Tracks before their first trade.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public BarTracks(BarTrackOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        if (options.TradesPerTickBar is { } trades) _ticks = new TickBarBuilder(trades);
        if (options.TimeBarStepsMs.Count > 0) _times = new TimeBarBuilder([.. options.TimeBarStepsMs], options.TimeBarGraceMs);
        _tickBars = new RecentBars<Bar>(options.BarsKept);
        _timeBars = [.. options.TimeBarStepsMs.Select(_ => new RecentBars<TimeBar>(options.BarsKept))];
        SetSharedMax();
    }

    /// <summary>The options it was made with.</summary>
    public BarTrackOptions Options => _options;

    /// <summary>Whether closed bars wait to be taken.</summary>
    public bool HasClosedBars => _hasTickBar || _times is { HasClosedBars: true };

    /// <summary>Trades that came after the clock had closed a time bar they belong to (<see cref="TimeBarBuilder.LateTradeCount"/>).</summary>
    public long LateTradeCount => _times?.LateTradeCount ?? 0;

    /// <summary>Takes a trade.</summary>
    /// <param name="trade">Price and quantity are 1 to <see cref="Fixed8.Max"/>.</param>
    /// <returns>True when it closed at least one bar.</returns>
    /// <exception cref="InvalidOperationException">Closed bars have not been taken. Nothing has changed.</exception>
    /// <exception cref="OverflowException">The quote volume of a tick bar has more digits than a decimal holds (above 7.9 trillion).</exception>
    public bool Add(in AggTrade trade)
    {
        if (_shared.TradeCount < _sharedMax && (_times is null || _times.RunsAt(trade.TimeMs)))
        {
            _shared.Add(trade);
            return false;
        }
        if (HasClosedBars) throw new InvalidOperationException("closed bars must be taken before the next trade");
        Share();
        var hasTimeBars = _times is not null && _times.Add(trade);
        if (_ticks is not null && _ticks.Add(trade))
        {
            _tickBars.Add(_ticks.LastBar!);
            _hasTickBar = true;
        }
        SetSharedMax();
        return hasTimeBars || _hasTickBar;
    }

    /// <summary>Closes the time bars whose end plus the grace has passed (<see cref="TimeBarBuilder.Advance"/>).</summary>
    /// <param name="nowMs">The venue's time, milliseconds since the Unix epoch, UTC.</param>
    /// <returns>True when closed bars wait to be taken.</returns>
    public bool Advance(long nowMs)
    {
        Share();
        return (_times is not null && _times.Advance(nowMs)) || _hasTickBar;
    }

    /// <summary>Tells that trades after the last one were lost for good: marks bars as incomplete, and lets the clock close none until trades go on.</summary>
    public void MarkGap()
    {
        _ticks?.MarkGap();
        _times?.MarkGap();
    }

    /// <summary>Takes the tick bar that the last trade closed.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryTakeTickBar([NotNullWhen(true)] out Bar? bar)
    {
        bar = _hasTickBar ? _ticks!.LastBar : null;
        _hasTickBar = false;
        SetSharedMax();
        return bar is not null;
    }

    /// <summary>Takes the next closed time bar, of whatever step: in the order of their ends, then of their steps.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryTakeTimeBar(out TimeBar bar)
    {
        bar = default;
        if (_times is null || !_times.TryTake(out bar)) return false;
        _timeBars[TrackOf(bar.StepMs)].Add(bar);
        return true;
    }

    /// <summary>The newest tick bars, oldest first; at most <see cref="BarTrackOptions.BarsKept"/> are kept.</summary>
    public Bar[] TickBars(int count) => _tickBars.Newest(count);

    /// <summary>The newest time bars of a step that were taken, oldest first; at most <see cref="BarTrackOptions.BarsKept"/> are kept.</summary>
    /// <exception cref="ArgumentException">There are no bars of this step.</exception>
    public TimeBar[] TimeBars(long stepMs, int count) => _timeBars[TrackOf(stepMs)].Newest(count);

    /// <summary>The running time bar of a step as it stands; null before the first trade.</summary>
    /// <exception cref="ArgumentException">There are no bars of this step.</exception>
    public TimeBar? RunningTimeBar(long stepMs)
    {
        _ = TrackOf(stepMs);
        Share();
        return _times!.Running(stepMs);
    }

    /// <summary>Writes the state, the options it depends on, and the bars kept: about 200 bytes for each.</summary>
    public void Write(SnapshotWriter writer)
    {
        Share();
        writer.Section(nameof(BarTracks), 1);
        writer.Write(Describe(_options));
        writer.Write(_hasTickBar);
        _ticks?.Write(writer);
        _times?.Write(writer);
        Write(writer, _tickBars, static (bar, writer) => bar.Write(writer));
        foreach (var bars in _timeBars) Write(writer, bars, static (bar, writer) => bar.Write(writer));
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="options">The options of the tracks that were written.</param>
    /// <param name="reader">Where the snapshot stands.</param>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    /// <exception cref="InvalidDataException">The snapshot is of other options, damaged, or not of bar tracks.</exception>
    public static BarTracks Read(BarTrackOptions options, ref SnapshotReader reader)
    {
        var tracks = new BarTracks(options);
        reader.Section(nameof(BarTracks), 1);
        var (found, expected) = (reader.ReadString(), Describe(options));
        if (found != expected) throw new InvalidDataException($"snapshot holds bar tracks of {found}, expected {expected}");
        tracks._hasTickBar = reader.ReadBoolean();
        if (tracks._ticks is { } ticks)
        {
            tracks._ticks = TickBarBuilder.Read(ref reader);
            if (tracks._ticks.TradesPerBar != ticks.TradesPerBar) throw Damaged("its tick bars are of another size");
        }
        if (tracks._times is { } times)
        {
            tracks._times = TimeBarBuilder.Read(ref reader);
            if (!tracks._times.StepsMs.SequenceEqual(times.StepsMs) || tracks._times.GraceMs != times.GraceMs)
                throw Damaged("its time bars are of other steps");
        }
        if (tracks._hasTickBar && tracks._ticks?.LastBar is null) throw Damaged("its last tick bar is missing");
        var count = ReadCount(options, ref reader);
        for (var i = 0; i < count; i++) tracks._tickBars.Add(Bar.Read(ref reader));
        foreach (var bars in tracks._timeBars)
        {
            count = ReadCount(options, ref reader);
            for (var i = 0; i < count; i++) bars.Add(TimeBar.Read(ref reader));
        }
        tracks.SetSharedMax();
        return tracks;
    }

    private static string Describe(BarTrackOptions options)
    {
        var (trades, steps) = (options.TradesPerTickBar?.ToString(CultureInfo.InvariantCulture) ?? "none", string.Join(' ', options.TimeBarStepsMs));
        return FormattableString.Invariant($"tick {trades}, time {steps}, grace {options.TimeBarGraceMs}, kept {options.BarsKept}");
    }

    private static void Write<T>(SnapshotWriter writer, RecentBars<T> bars, Action<T, SnapshotWriter> write)
    {
        writer.Write(bars.Count);
        foreach (var bar in bars.Newest(bars.Count)) write(bar, writer);
    }

    private static int ReadCount(BarTrackOptions options, ref SnapshotReader reader)
    {
        var count = reader.ReadInt32();
        return count >= 0 && count <= options.BarsKept ? count : throw Damaged($"it claims {count} bars kept of {options.BarsKept}");
    }

    private static InvalidDataException Damaged(string how) => new("snapshot of bar tracks is damaged: " + how);

    private void Share()
    {
        if (_shared.TradeCount == 0) return;
        _ticks?.Add(_shared);
        _times?.Add(_shared);
        _shared = default;
        SetSharedMax();
    }

    /// <summary>All but the trade that closes the tick bar may be shared; none while a tick bar waits.</summary>
    private void SetSharedMax()
    {
        if (_hasTickBar) _sharedMax = 0;
        else _sharedMax = _ticks is null ? int.MaxValue : _ticks.TradesPerBar - _ticks.OpenTradeCount - 1;
    }

    private int TrackOf(long stepMs)
    {
        for (var i = 0; i < _options.TimeBarStepsMs.Count; i++)
        {
            if (_options.TimeBarStepsMs[i] == stepMs) return i;
        }
        throw new ArgumentException($"there are no time bars of {stepMs} ms, only of {string.Join(", ", _options.TimeBarStepsMs)}", nameof(stepMs));
    }
}
