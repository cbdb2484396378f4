namespace Granary.Silo.Recording;

/// <summary>The way of one symbol's rows of one kind from the streams to the disk: a list that is filled while the other one is written.</summary>
/// <typeparam name="TRow">The row.</typeparam>
internal sealed class RecordingLane<TRow>(RecordedKind<TRow> kind, DailyTape<TRow> tape, RowBudget budget, RecordingMetrics metrics)
    where TRow : struct
{
    private const int CapacityKept = 16_384;

    private readonly Lock _gate = new();
    private readonly KeyValuePair<string, object?> _label = new("kind", kind.Name);
    private List<TRow> _incoming = [];
    private List<TRow> _outgoing = [];
    private int _written;
    private (long Rows, long FirstId, long LastId) _lost;

    /// <summary>Takes rows to be written. Returns at once; without room they are lost and counted.</summary>
    public void Enqueue(ReadOnlySpan<TRow> rows)
    {
        if (rows.IsEmpty) return;
        if (!budget.TryTake(rows.Length, kind.IsQuote))
        {
            metrics.Dropped.Add(rows.Length, _label);
            lock (_gate) _lost = (_lost.Rows + rows.Length, _lost.Rows == 0 ? kind.IdOf(rows[0]) : _lost.FirstId, kind.IdOf(rows[^1]));
            return;
        }
        lock (_gate) _incoming.AddRange(rows);
    }

    /// <summary>Writes what waits; only one caller at a time.</summary>
    /// <exception cref="IOException">The disk does not take it; the next call goes on where this one stopped. So also <see cref="UnauthorizedAccessException"/>.</exception>
    public void Drain()
    {
        // What an earlier attempt left, then what has come since.
        Write();
        Swap();
        Write();
    }

    /// <summary>Makes what was drained survive a kill.</summary>
    /// <exception cref="IOException">The disk does not take it; the call may be made again.</exception>
    public void Flush()
    {
        try
        {
            tape.Flush();
        }
        catch
        {
            metrics.Failures.Add(1, _label);
            throw;
        }
    }

    /// <summary>Rows lost since the last call, with the ids of the first and the last.</summary>
    public (long Rows, long FirstId, long LastId) TakeLost()
    {
        lock (_gate)
        {
            var lost = _lost;
            _lost = default;
            return lost;
        }
    }

    private void Write()
    {
        var (before, recorded) = (_written, 0L);
        try
        {
            for (; _written < _outgoing.Count; _written++)
            {
                if (tape.Append(_outgoing[_written])) recorded++;
            }
        }
        catch
        {
            metrics.Failures.Add(1, _label);
            throw;
        }
        finally
        {
            var done = _written - before;
            budget.Release(done);
            if (recorded > 0) metrics.Recorded.Add(recorded, _label);
            if (done > recorded) metrics.Skipped.Add(done - recorded, _label);
        }
    }

    private void Swap()
    {
        _outgoing.Clear();
        // What a stall has made large is given back.
        if (_outgoing.Capacity > CapacityKept) _outgoing = [];
        _written = 0;
        lock (_gate) (_incoming, _outgoing) = (_outgoing, _incoming);
    }
}
