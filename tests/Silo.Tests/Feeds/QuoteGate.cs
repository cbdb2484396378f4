using System.Threading.Channels;
using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Venues.Ports;

namespace Granary.Silo.Tests.Feeds;

/// <summary>Hands quotes on, and then tells the test that they have arrived. Connections are told as well; the rest goes by.</summary>
internal sealed class QuoteGate : IMarketDataHandler
{
    private readonly Channel<bool> _connections = Channel.CreateUnbounded<bool>();
    private readonly Channel<long> _quotes = Channel.CreateUnbounded<long>();

    /// <summary>Who gets the quotes.</summary>
    public QuoteReceiver? Receiver { get; set; }

    /// <summary>Waits until the quote with this id has been handled.</summary>
    public async Task QuotedAsync(long updateId, CancellationToken cancellationToken)
    {
        while (await _quotes.Reader.ReadAsync(cancellationToken) != updateId)
        {
        }
    }

    /// <summary>Waits until the connection that carries quotes is up, or down.</summary>
    public async Task ConnectedAsync(bool isUp, CancellationToken cancellationToken)
    {
        while (await _connections.Reader.ReadAsync(cancellationToken) != isUp)
        {
        }
    }

    public void OnBookTicker(int symbolIndex, in BookTicker ticker, long receivedTimestamp)
    {
        Receiver!(symbolIndex, ticker);
        _quotes.Writer.TryWrite(ticker.UpdateId);
    }

    public void OnQuoteConnection(bool connected, string detail) => _connections.Writer.TryWrite(connected);

    public void OnConnection(bool connected, string detail)
    {
    }

    public void OnAggTrade(int symbolIndex, in AggTrade trade, long receivedTimestamp)
    {
    }

    public void OnDepth(int symbolIndex, in BookDiff diff, long receivedTimestamp)
    {
    }

    public void OnMarkPrice(int symbolIndex, in MarkPrice mark)
    {
    }

    public void OnReject(string reason, ReadOnlySpan<byte> frame) => throw new InvalidOperationException(reason);

    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
