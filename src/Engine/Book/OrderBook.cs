using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Book;

/// <summary>
/// The order book of one symbol, kept from a snapshot and the changes after it. No change is ever applied on a doubt: what does not follow the change before
/// empties the book and asks for a snapshot (<see cref="NeedsSnapshot"/>), and changes are kept meanwhile. How often a snapshot is fetched is the owner's to
/// limit. Allocation-free per change once the buffer has grown to what it needs.
/// </summary>
public sealed class OrderBook
{
    private readonly OrderBookOptions _options;
    private readonly BookSide _bids;
    private readonly BookSide _asks;
    private readonly DiffBuffer _buffer;

    // The book stands at a snapshot, so the next change may begin before it.
    private bool _isAtSnapshot;

    /// <summary>An empty book.</summary>
    /// <param name="options">How it is kept; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public OrderBook(OrderBookOptions? options = null)
    {
        _options = options ?? new OrderBookOptions();
        _options.Validate();
        _bids = new BookSide(isBid: true, _options.LevelsMax);
        _asks = new BookSide(isBid: false, _options.LevelsMax);
        _buffer = new DiffBuffer(_options.BufferedMax, _options.BufferedLevelsMax);
    }

    /// <summary>How far the book can be trusted.</summary>
    public BookState State { get; private set; }

    /// <summary>Whether the owner should fetch a snapshot and give it to <see cref="Apply(BookSnapshot)"/>. May be so while the book is live.</summary>
    public bool NeedsSnapshot { get; private set; }

    /// <summary>Why a snapshot was asked for last.</summary>
    public ResyncReason LastReason { get; private set; }

    /// <summary>How often the book was emptied because it could not be trusted: <see cref="ResyncReason.Gap"/>, Crossed or Requested.</summary>
    public long ResyncCount { get; private set; }

    /// <summary>How often a snapshot was asked for while the book stayed live (<see cref="ResyncReason.Shallow"/>).</summary>
    public long RefreshCount { get; private set; }

    /// <summary>Snapshots that could not be used: older than the changes kept, or crossed.</summary>
    public long StaleCount { get; private set; }

    /// <summary>The last update that the book contains; -1 unless live.</summary>
    public long LastUpdateId { get; private set; } = -1;

    /// <summary>Transaction time of that update, milliseconds since the Unix epoch, UTC; 0 unless live.</summary>
    public long TimeMs { get; private set; }

    /// <summary>Bids; empty unless live.</summary>
    public BookSide Bids => _bids;

    /// <summary>Asks; empty unless live.</summary>
    public BookSide Asks => _asks;

    /// <summary>Changes kept for a snapshot.</summary>
    public int BufferedCount => _buffer.Count;

    /// <summary>
    /// By how much the last applied change changed the quantities of the best <see cref="OrderBookOptions.TopLevels"/> of both sides as they were before it,
    /// and of better prices: the sum of the absolute differences, base units times 10^8. 0 after anything else.
    /// </summary>
    public Int128 ChangedQuantity { get; private set; }

    /// <summary>Whether both sides are known to be exactly the venue's down to this level; false unless live.</summary>
    /// <param name="levels">1 or more.</param>
    public bool IsCompleteTo(int levels) => State == BookState.Live && _bids.IsCompleteTo(levels) && _asks.IsCompleteTo(levels);

    /// <summary>Best bid and ask; a side without levels is 0.</summary>
    public Quote Quote
    {
        get
        {
            var (bid, ask) = (_bids.Best, _asks.Best);
            return new Quote(bid?.PriceE8 ?? 0, bid?.QuantityE8 ?? 0, ask?.PriceE8 ?? 0, ask?.QuantityE8 ?? 0);
        }
    }

    /// <summary>Takes the next change.</summary>
    /// <param name="diff">Prices 1 to <see cref="Fixed8.Max"/>, quantities 0 to that.</param>
    public BookOutcome Apply(in BookDiff diff)
    {
        ChangedQuantity = 0;
        if (State != BookState.Live)
        {
            if (State == BookState.Empty) Ask(ResyncReason.Start);
            State = BookState.Syncing;
            Keep(diff);
            return BookOutcome.Buffered;
        }
        if (diff.FinalUpdateId <= LastUpdateId) return BookOutcome.Ignored;
        if (!Follows(diff.FirstUpdateId, diff.PreviousFinalUpdateId, LastUpdateId, _isAtSnapshot))
        {
            Empty(ResyncReason.Gap);
            Keep(diff);
            return BookOutcome.Resync;
        }
        if (NeedsSnapshot) Keep(diff);
        return Take(diff) ? BookOutcome.Applied : BookOutcome.Resync;
    }

    /// <summary>
    /// Takes a snapshot: the changes kept that it contains are dropped, the first one after it must join it (futures: U &lt;= id &lt;= u, or pu &lt;= id,
    /// which leaves as little room for a missing one; spot: U &lt;= id + 1 &lt;= u), and the rest is applied on top.
    /// </summary>
    /// <param name="snapshot">Its prices and quantities 1 to <see cref="Fixed8.Max"/>, in any order.</param>
    /// <returns>Applied, Stale (the next one may do; until then the book is as it was), or Ignored when none was asked for.</returns>
    public BookOutcome Apply(BookSnapshot snapshot)
    {
        if (State == BookState.Live && !NeedsSnapshot) return BookOutcome.Ignored;
        ChangedQuantity = 0;
        _buffer.DropThrough(snapshot.LastUpdateId);
        if (!Joins(snapshot) || IsCrossed(snapshot))
        {
            StaleCount++;
            NeedsSnapshot = true;
            return BookOutcome.Stale;
        }
        _bids.Load(snapshot.Bids, snapshot.Limit);
        _asks.Load(snapshot.Asks, snapshot.Limit);
        (State, NeedsSnapshot, _isAtSnapshot) = (BookState.Live, false, true);
        (LastUpdateId, TimeMs) = (snapshot.LastUpdateId, snapshot.TimeMs);
        for (var i = 0; i < _buffer.Count; i++)
        {
            if (!Take(_buffer[i])) return BookOutcome.Stale;
        }
        _buffer.Clear();
        return BookOutcome.Applied;
    }

    /// <summary>Empties the book and asks for a snapshot, for example because the connection was lost. Without effect before the first change.</summary>
    public void Resync()
    {
        if (State == BookState.Empty) return;
        Empty(ResyncReason.Requested);
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(OrderBook), 1);
        writer.Write((int)_options.Chain);
        writer.Write(_options.LevelsMax);
        writer.Write((int)State);
        writer.Write(NeedsSnapshot);
        writer.Write(_isAtSnapshot);
        writer.Write((int)LastReason);
        writer.Write(ResyncCount);
        writer.Write(RefreshCount);
        writer.Write(StaleCount);
        writer.Write(LastUpdateId);
        writer.Write(TimeMs);
        writer.Write(ChangedQuantity);
        _bids.Write(writer);
        _asks.Write(writer);
        _buffer.Write(writer);
    }

    /// <summary>Reads a state into this book, which must have the options of the one that was written.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of other options, damaged, or not of an order book; this book is then of no more use.</exception>
    public void Restore(ref SnapshotReader reader)
    {
        reader.Section(nameof(OrderBook), 1);
        var (chain, levelsMax) = (reader.ReadInt32(), reader.ReadInt32());
        if (chain != (int)_options.Chain || levelsMax != _options.LevelsMax)
            throw new InvalidDataException($"snapshot holds a book of chain {chain} and {levelsMax} levels, expected {(int)_options.Chain} and {_options.LevelsMax}");
        State = (BookState)reader.ReadInt32();
        (NeedsSnapshot, _isAtSnapshot) = (reader.ReadBoolean(), reader.ReadBoolean());
        LastReason = (ResyncReason)reader.ReadInt32();
        (ResyncCount, RefreshCount, StaleCount) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        (LastUpdateId, TimeMs, ChangedQuantity) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt128());
        if (!Enum.IsDefined(State) || !Enum.IsDefined(LastReason) || ResyncCount < 0 || RefreshCount < 0 || StaleCount < 0 || ChangedQuantity < 0
            || State == BookState.Live != LastUpdateId >= 0 || (State == BookState.Syncing && !NeedsSnapshot))
            throw new InvalidDataException("snapshot of an order book is damaged: its state contradicts itself");
        _bids.Restore(ref reader);
        _asks.Restore(ref reader);
        _buffer.Restore(ref reader);
        if ((State != BookState.Live && _bids.Count + _asks.Count > 0) || IsCrossed())
            throw new InvalidDataException("snapshot of an order book is damaged: its sides contradict its state");
    }

    private bool Follows(long first, long previous, long last, bool isAtSnapshot) => _options.Chain == BookChain.Spot
        ? first == last + 1 || (isAtSnapshot && first <= last + 1)
        : previous == last || (isAtSnapshot && (first <= last || (previous >= 0 && previous <= last)));

    /// <summary>Whether nothing can be missing between a snapshot and the changes kept, or the book that is to be replaced.</summary>
    private bool Joins(BookSnapshot snapshot)
    {
        if (_buffer.Count == 0) return snapshot.LastUpdateId >= LastUpdateId && snapshot.LastUpdateId >= _buffer.LastUpdateId;
        var first = _buffer[0];
        return Follows(first.FirstUpdateId, first.PreviousFinalUpdateId, snapshot.LastUpdateId, isAtSnapshot: true);
    }

    private bool Take(in BookDiff diff)
    {
        var top = _options.TopLevels;
        long bidThreshold = long.MaxValue, askThreshold = long.MaxValue;
        if (top > 0)
        {
            (bidThreshold, askThreshold) = (_bids.KeyAt(top), _asks.KeyAt(top));
            if (!NeedsSnapshot && (_bids.IsBeyondHorizon(bidThreshold) || _asks.IsBeyondHorizon(askThreshold))) Refresh(diff);
        }
        var changed = _bids.Apply(diff.Bids, bidThreshold) + _asks.Apply(diff.Asks, askThreshold);
        if (IsCrossed())
        {
            Empty(ResyncReason.Crossed);
            return false;
        }
        (LastUpdateId, TimeMs, ChangedQuantity, _isAtSnapshot) = (diff.FinalUpdateId, diff.TimeMs, changed, false);
        return true;
    }

    private void Refresh(in BookDiff diff)
    {
        RefreshCount++;
        Ask(ResyncReason.Shallow);
        Keep(diff);
    }

    private void Empty(ResyncReason reason)
    {
        ResyncCount++;
        _bids.Clear();
        _asks.Clear();
        _buffer.Clear();
        State = BookState.Syncing;
        (LastUpdateId, TimeMs, ChangedQuantity, _isAtSnapshot) = (-1, 0, 0, false);
        Ask(reason);
    }

    private void Ask(ResyncReason reason)
    {
        LastReason = reason;
        NeedsSnapshot = true;
    }

    /// <summary>Keeps a change for the snapshot to come. Those kept always follow one another, so that a hole is seen before the snapshot is.</summary>
    private void Keep(in BookDiff diff)
    {
        if (_buffer.Count > 0 && diff.FinalUpdateId <= _buffer.LastUpdateId) return;
        if (_buffer.Count > 0 && !Follows(diff.FirstUpdateId, diff.PreviousFinalUpdateId, _buffer.LastUpdateId, isAtSnapshot: false)) _buffer.Clear();
        _buffer.Add(diff);
    }

    private bool IsCrossed() => _bids.Count > 0 && _asks.Count > 0 && _bids.BestKey >= -_asks.BestKey;

    private static bool IsCrossed(BookSnapshot snapshot)
    {
        long bid = 0, ask = long.MaxValue;
        foreach (var level in snapshot.Bids) bid = Math.Max(bid, level.PriceE8);
        foreach (var level in snapshot.Asks) ask = Math.Min(ask, level.PriceE8);
        return bid >= ask;
    }
}
