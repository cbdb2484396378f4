using Granary.Engine.Snapshots;

namespace Granary.Engine.Bars;

/// <summary>
/// The bars of one step: a running bucket, and the closed ones that wait to be taken, of which only the first can hold trades and is stored; the others are
/// empty and made when taken.
/// </summary>
internal sealed class TimeBarTrack
{
    private TradeTotals _closed;
    private bool _closedIsComplete;
    private bool _hasClosed;
    private bool _skipsToRunning;
    private long _index;
    private long _lastClose;

    public TimeBarTrack(long stepMs) => StepMs = stepMs;

    public long StepMs { get; }

    /// <summary>Start of the running bucket.</summary>
    public long StartMs { get; private set; }

    /// <summary>Start of the next bar to be taken; the running bucket's when none waits.</summary>
    public long NextStartMs { get; private set; }

    /// <summary>End of the next bar to be taken, exclusive.</summary>
    public long NextEndMs => NextStartMs + StepMs;

    public bool HasClosedBars => NextStartMs < StartMs;

    /// <summary>Whether the running bucket lacks trades.</summary>
    public bool HasHole { get; set; }

    /// <summary>Trades of the running bucket, but for those that a finer track still holds.</summary>
    public TradeTotals Open;

    /// <summary>The track whose closed buckets are merged into this one; null when it takes the trades themselves.</summary>
    public TimeBarTrack? Source { get; init; }

    /// <summary>Start of the bucket that holds a time.</summary>
    public long StartOf(long timeMs)
    {
        var rest = timeMs % StepMs;
        return timeMs - (rest < 0 ? rest + StepMs : rest);
    }

    public void Begin(long startMs) => StartMs = NextStartMs = startMs;

    /// <summary>
    /// Closes the running bucket and all before <paramref name="startMs"/>, where the new running one starts. Nothing may wait to be taken. After a gap nothing
    /// is known of the buckets between, and they are skipped.
    /// </summary>
    public void Roll(long startMs, bool afterGap)
    {
        _hasClosed = Open.TradeCount > 0;
        if (_hasClosed)
        {
            _closed = Open;
            _closedIsComplete = !HasHole && !afterGap;
            _skipsToRunning = afterGap;
            _lastClose = Open.Close;
            Open = default;
        }
        else if (afterGap)
        {
            NextStartMs = startMs;
        }
        StartMs = startMs;
        HasHole = afterGap;
    }

    /// <summary>Takes the next closed bar; there must be one.</summary>
    public TimeBar Take()
    {
        var start = NextStartMs;
        if (!_hasClosed)
        {
            NextStartMs += StepMs;
            return new TimeBar(_index++, start, StepMs, TradeTotals.Flat(_lastClose), true);
        }
        _hasClosed = false;
        NextStartMs = _skipsToRunning ? StartMs : start + StepMs;
        return new TimeBar(_index++, start, StepMs, _closed, _closedIsComplete);
    }

    /// <summary>Trades of the running bucket, those included that finer tracks hold.</summary>
    public TradeTotals Gather()
    {
        var totals = Open;
        if (Source is not null) totals.Merge(Source.Gather());
        return totals;
    }

    /// <summary>The running bar as it stands.</summary>
    public TimeBar Running(bool afterGap)
    {
        var totals = Gather();
        var index = _index + (_hasClosed && _skipsToRunning ? 1 : (StartMs - NextStartMs) / StepMs);
        return new TimeBar(index, StartMs, StepMs, totals.TradeCount > 0 ? totals : TradeTotals.Flat(_lastClose), !HasHole && !afterGap);
    }

    public void Write(SnapshotWriter writer)
    {
        writer.Write(StartMs);
        writer.Write(NextStartMs);
        writer.Write(HasHole);
        writer.Write(_closedIsComplete);
        writer.Write(_hasClosed);
        writer.Write(_skipsToRunning);
        writer.Write(_index);
        writer.Write(_lastClose);
        Open.Write(writer);
        _closed.Write(writer);
    }

    /// <exception cref="InvalidDataException">The snapshot is damaged.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        StartMs = reader.ReadInt64();
        NextStartMs = reader.ReadInt64();
        HasHole = reader.ReadBoolean();
        _closedIsComplete = reader.ReadBoolean();
        _hasClosed = reader.ReadBoolean();
        _skipsToRunning = reader.ReadBoolean();
        _index = reader.ReadInt64();
        _lastClose = reader.ReadInt64();
        Open = TradeTotals.Read(ref reader);
        _closed = TradeTotals.Read(ref reader);
        if (StartMs % StepMs != 0 || NextStartMs % StepMs != 0 || NextStartMs > StartMs
            || (StartMs - NextStartMs > TimeBarBuilder.SilenceMsMax + StepMs && !(_hasClosed && _skipsToRunning))
            || (_hasClosed && (NextStartMs == StartMs || _closed.TradeCount == 0)) || _index < 0 || _lastClose < 0)
            throw new InvalidDataException("snapshot of time bars is damaged: its buckets contradict each other");
    }
}
