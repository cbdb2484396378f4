using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Bars;

/// <summary>
/// Builds time bars of one or several steps (formulas §1.6): buckets [k·step, (k+1)·step), aligned to the epoch. A bucket closes when a later trade arrives
/// or <see cref="Advance"/> passes its end plus the grace. Buckets without trades are bars as well, flat at the close before them; there is no bar before the
/// first trade. The first bar begins with the first trade: call <see cref="MarkGap"/> first when the stream starts in mid-bucket.
/// <para>
/// A trade or the clock may close many bars at once: take them one by one with <see cref="TryTake"/>; no call does more than a few bars' work, and the state
/// does not grow. They come in the order of their ends, and of their steps where the ends are equal, no matter what closed them.
/// </para>
/// <para>
/// Gaps in the feed: nothing is made up. After <see cref="MarkGap"/> the clock closes nothing until trades go on. The bar that was running then and the bar of
/// the next trade are incomplete (<see cref="TimeBar.IsComplete"/>), and whole buckets between the two are left out: indexes go on, starts jump. Fill the hole
/// by id and feed what was missed instead, and there is no gap. A silence of more than <see cref="SilenceMsMax"/> is a gap too.
/// </para>
/// <para>
/// A trade whose bucket the clock has already closed is too late: it is left out of that step's bars, counted in <see cref="LateTradeCount"/>, and the running
/// bar is marked as incomplete. Steps that have it in their running bar take it.
/// </para>
/// Each step that is a multiple of a finer one is merged from its bars, exactly, so that a trade costs no more for many steps than for one. Expects cleaned
/// trades (<see cref="TradeCleaner"/>). Allocation-free per trade and per bar.
/// </summary>
public sealed class TimeBarBuilder
{
    /// <summary>The shortest step: 100 ms.</summary>
    public const long StepMsMin = 100;

    /// <summary>The longest step: 7 days.</summary>
    public const long StepMsMax = 7 * 86_400_000L;

    /// <summary>The most steps: 8.</summary>
    public const int StepCountMax = 8;

    /// <summary>The longest grace: 1 hour.</summary>
    public const long GraceMsMax = 3_600_000;

    /// <summary>The longest time without a trade that is told as bars without trades: 31 days.</summary>
    public const long SilenceMsMax = 31 * 86_400_000L;

    private readonly long[] _stepsMs;
    private readonly TimeBarTrack[] _tracks;
    private readonly TimeBarTrack[] _roots;
    private bool _hasTrades;
    private bool _hasGap;

    // The times that lie in the running bucket of every track; the span is 0 when a trade needs more than being added.
    private long _fromMs;
    private ulong _spanMs;

    /// <summary>A builder without trades.</summary>
    /// <param name="stepsMs">
    /// Spans of the bars, milliseconds, rising: 1 to <see cref="StepCountMax"/> of <see cref="StepMsMin"/> to <see cref="StepMsMax"/>.
    /// </param>
    /// <param name="graceMs">How long after a bar's end the clock waits for its last trades, milliseconds; 0 to <see cref="GraceMsMax"/>.</param>
    /// <exception cref="ArgumentException">A step or the grace is outside its range; the message says which.</exception>
    public TimeBarBuilder(ReadOnlySpan<long> stepsMs, long graceMs = 0)
    {
        Check(stepsMs, graceMs);
        _stepsMs = stepsMs.ToArray();
        GraceMs = graceMs;
        _tracks = new TimeBarTrack[stepsMs.Length];
        for (var i = 0; i < _tracks.Length; i++)
        {
            TimeBarTrack? source = null;
            for (var finer = 0; finer < i; finer++)
            {
                if (stepsMs[i] % stepsMs[finer] == 0) source = _tracks[finer];
            }
            _tracks[i] = new TimeBarTrack(stepsMs[i]) { Source = source };
        }
        _roots = Array.FindAll(_tracks, track => track.Source is null);
    }

    /// <summary>Spans of the bars, milliseconds, rising.</summary>
    public IReadOnlyList<long> StepsMs => _stepsMs;

    /// <summary>How long after a bar's end the clock waits for its last trades, milliseconds.</summary>
    public long GraceMs { get; }

    /// <summary>Trades that came after the clock had closed the bar they belong to, in one step or more.</summary>
    public long LateTradeCount { get; private set; }

    /// <summary>Whether closed bars wait to be taken, which must be done before the next trade.</summary>
    public bool HasClosedBars { get; private set; }

    /// <summary>Takes a trade.</summary>
    /// <param name="trade">Price and quantity are 1 to <see cref="Fixed8.Max"/>.</param>
    /// <returns>True when it closed at least one bar: take them with <see cref="TryTake"/>.</returns>
    /// <exception cref="InvalidOperationException">Closed bars have not been taken. Nothing has changed.</exception>
    public bool Add(in AggTrade trade)
    {
        if (!RunsAt(trade.TimeMs)) return AddElsewhere(trade);
        foreach (var root in _roots) root.Open.Add(trade);
        return false;
    }

    /// <summary>Closes the bars whose end plus the grace has passed; does nothing before the first trade, after a gap, or while closed bars wait.</summary>
    /// <param name="nowMs">The venue's time, milliseconds since the Unix epoch, UTC. Earlier times than before change nothing.</param>
    /// <returns>True when closed bars wait: take them with <see cref="TryTake"/>.</returns>
    public bool Advance(long nowMs)
    {
        if (!_hasTrades || _hasGap || HasClosedBars) return HasClosedBars;
        if (nowMs < _fromMs + (long)_spanMs + GraceMs) return false;
        var passedMs = nowMs - GraceMs;
        if (passedMs - _tracks[0].StartMs > SilenceMsMax)
        {
            MarkGap();
            return false;
        }
        Roll(passedMs, afterGap: false);
        SetRange();
        return HasClosedBars;
    }

    /// <summary>Takes the next closed bar.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryTake(out TimeBar bar)
    {
        bar = default;
        if (!HasClosedBars) return false;
        TimeBarTrack? next = null;
        foreach (var track in _tracks)
        {
            if (track.HasClosedBars && (next is null || track.NextEndMs < next.NextEndMs)) next = track;
        }
        bar = next!.Take();
        SetRange();
        return true;
    }

    /// <summary>Tells that trades after the last one were lost for good. The next trade closes the gap.</summary>
    public void MarkGap()
    {
        _hasGap = true;
        _spanMs = 0;
    }

    /// <summary>The running bar of a step as it stands, whose last trades are still to come; null before the first trade.</summary>
    /// <exception cref="ArgumentException">The step is not one of <see cref="StepsMs"/>.</exception>
    public TimeBar? Running(long stepMs)
    {
        var track = Array.Find(_tracks, track => track.StepMs == stepMs)
            ?? throw new ArgumentException($"there are no bars of {stepMs} ms, only of {string.Join(", ", _stepsMs)}", nameof(stepMs));
        return _hasTrades ? track.Running(_hasGap) : null;
    }

    /// <summary>Writes the state and the parameters.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(TimeBarBuilder), 1);
        writer.Write(_stepsMs.Length);
        foreach (var stepMs in _stepsMs) writer.Write(stepMs);
        writer.Write(GraceMs);
        writer.Write(_hasTrades);
        writer.Write(_hasGap);
        writer.Write(LateTradeCount);
        foreach (var track in _tracks) track.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote, the parameters included.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged, or not of a time bar builder.</exception>
    public static TimeBarBuilder Read(ref SnapshotReader reader)
    {
        reader.Section(nameof(TimeBarBuilder), 1);
        var count = reader.ReadInt32();
        if (count is < 1 or > StepCountMax) throw new InvalidDataException($"snapshot of a time bar builder is damaged: it claims {count} steps");
        Span<long> stepsMs = stackalloc long[StepCountMax];
        for (var i = 0; i < count; i++) stepsMs[i] = reader.ReadInt64();
        var graceMs = reader.ReadInt64();
        TimeBarBuilder builder;
        try
        {
            builder = new TimeBarBuilder(stepsMs[..count], graceMs);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException("snapshot of a time bar builder is damaged: " + e.Message, e);
        }
        builder._hasTrades = reader.ReadBoolean();
        builder._hasGap = reader.ReadBoolean();
        builder.LateTradeCount = reader.ReadInt64();
        foreach (var track in builder._tracks) track.Restore(ref reader);
        builder.SetRange();
        return builder;
    }

    /// <summary>Whether a trade at this time belongs to the running bar of every step, and nothing else is to be done for it.</summary>
    internal bool RunsAt(long timeMs) => (ulong)(timeMs - _fromMs) < _spanMs;

    /// <summary>Takes trades for each of which <see cref="RunsAt"/> is true.</summary>
    internal void Add(in TradeTotals trades)
    {
        foreach (var root in _roots) root.Open.Merge(trades);
    }

    /// <summary>Checks the parameters of a builder.</summary>
    /// <exception cref="ArgumentException">A step or the grace is outside its range; the message says which.</exception>
    internal static void Check(ReadOnlySpan<long> stepsMs, long graceMs)
    {
        if (stepsMs.Length is < 1 or > StepCountMax)
            throw new ArgumentException(FormattableString.Invariant($"there were {stepsMs.Length} steps, expected 1 to {StepCountMax}"), nameof(stepsMs));
        for (var i = 0; i < stepsMs.Length; i++)
        {
            var min = i == 0 ? StepMsMin : stepsMs[i - 1] + 1;
            if (stepsMs[i] < min || stepsMs[i] > StepMsMax)
                throw new ArgumentException(FormattableString.Invariant($"step {i} was {stepsMs[i]} ms, expected {min} to {StepMsMax}"), nameof(stepsMs));
        }
        if (graceMs is < 0 or > GraceMsMax)
            throw new ArgumentException(FormattableString.Invariant($"the grace was {graceMs} ms, expected 0 to {GraceMsMax}"), nameof(graceMs));
    }

    private bool AddElsewhere(in AggTrade trade)
    {
        if (HasClosedBars) throw new InvalidOperationException("closed bars must be taken before the next trade");
        if (!_hasTrades)
        {
            _hasTrades = true;
            foreach (var track in _tracks)
            {
                track.Begin(track.StartOf(trade.TimeMs));
                track.HasHole = _hasGap;
            }
        }
        var afterGap = _hasGap || trade.TimeMs - _tracks[0].StartMs > SilenceMsMax;
        Roll(trade.TimeMs, afterGap);
        var isLate = false;
        foreach (var track in _tracks)
        {
            if (IsLate(track, trade))
            {
                isLate = true;
                track.HasHole = true;
                continue;
            }
            track.HasHole |= afterGap;

            // Where the finer step is too late for it, its buckets cannot bring the trade.
            if (track.Source is null || IsLate(track.Source, trade)) track.Open.Add(trade);
        }
        if (isLate) LateTradeCount++;
        _hasGap = false;
        SetRange();
        return HasClosedBars;
    }

    private static bool IsLate(TimeBarTrack track, in AggTrade trade) => trade.TimeMs < track.StartMs;

    /// <summary>Moves every track to the bucket of a time. Finer tracks go first, so that the coarser ones have their trades before they close.</summary>
    private void Roll(long timeMs, bool afterGap)
    {
        foreach (var track in _tracks)
        {
            var startMs = track.StartOf(timeMs);
            if (startMs <= track.StartMs) continue;
            foreach (var coarser in _tracks)
            {
                if (coarser.Source == track) coarser.Open.Merge(track.Open);
            }
            track.Roll(startMs, afterGap);
        }
    }

    private void SetRange()
    {
        HasClosedBars = false;
        _fromMs = long.MinValue;
        var endMs = long.MaxValue;
        foreach (var track in _tracks)
        {
            HasClosedBars |= track.HasClosedBars;
            _fromMs = Math.Max(_fromMs, track.StartMs);
            endMs = Math.Min(endMs, track.StartMs + track.StepMs);
        }
        _spanMs = !_hasTrades || _hasGap || HasClosedBars ? 0 : (ulong)(endMs - _fromMs);
    }
}
