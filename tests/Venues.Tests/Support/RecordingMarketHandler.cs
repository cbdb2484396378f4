using System.Text;
using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Venues.Ports;

namespace Granary.Venues.Tests.Support;

/// <summary>Writes every call down.</summary>
internal sealed class RecordingMarketHandler : IMarketDataHandler
{
    private TaskCompletionSource? _room;

    public List<(int Symbol, AggTrade Trade)> Trades { get; } = [];

    public List<(int Symbol, BookTicker Ticker)> Tickers { get; } = [];

    public List<(int Symbol, long FinalUpdateId, BookLevel[] Bids, BookLevel[] Asks)> Depths { get; } = [];

    public List<(int Symbol, BookSnapshot Book)> Books { get; } = [];

    public List<(int Symbol, MarkPrice Mark)> Marks { get; } = [];

    public List<(string Reason, string Frame)> Rejects { get; } = [];

    public List<(bool Connected, string Detail)> Connections { get; } = [];

    public List<(bool Connected, string Detail)> QuoteConnections { get; } = [];

    public HashSet<int> Threads { get; } = [];

    /// <summary>When set, thrown by <see cref="OnAggTrade"/>.</summary>
    public Exception? Fault { get; set; }

    /// <summary>When set, thrown once by <see cref="WaitForRoomAsync"/>.</summary>
    public Exception? RoomFault { get; set; }

    public void OnAggTrade(int symbolIndex, in AggTrade trade, long receivedTimestamp)
    {
        Threads.Add(Environment.CurrentManagedThreadId);
        if (Fault is not null) throw Fault;
        Trades.Add((symbolIndex, trade));
    }

    public void OnBookTicker(int symbolIndex, in BookTicker ticker, long receivedTimestamp) => Tickers.Add((symbolIndex, ticker));

    public void OnDepth(int symbolIndex, in BookDiff diff, long receivedTimestamp) =>
        Depths.Add((symbolIndex, diff.FinalUpdateId, diff.Bids.ToArray(), diff.Asks.ToArray()));

    public void OnBook(int symbolIndex, BookSnapshot book, long receivedTimestamp) => Books.Add((symbolIndex, book));

    public void OnMarkPrice(int symbolIndex, in MarkPrice mark) => Marks.Add((symbolIndex, mark));

    public void OnReject(string reason, ReadOnlySpan<byte> frame) => Rejects.Add((reason, Encoding.UTF8.GetString(frame)));

    public void OnConnection(bool connected, string detail)
    {
        Threads.Add(Environment.CurrentManagedThreadId);
        Connections.Add((connected, detail));
    }

    public void OnQuoteConnection(bool connected, string detail) => QuoteConnections.Add((connected, detail));

    /// <summary>From now on there is no room.</summary>
    public void Block() => _room = new TaskCompletionSource();

    public void Unblock()
    {
        var room = _room;
        _room = null;
        room?.SetResult();
    }

    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        if (RoomFault is { } fault)
        {
            RoomFault = null;
            throw fault;
        }
        return _room is null ? default : new ValueTask(_room.Task.WaitAsync(cancellationToken));
    }
}
