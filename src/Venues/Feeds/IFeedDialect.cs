using Granary.Venues.Ports;

namespace Granary.Venues.Feeds;

/// <summary>How one venue spells its public market streams on one connection. Holds the state of that connection; not for concurrent use.</summary>
internal interface IFeedDialect
{
    /// <summary>Path to connect to.</summary>
    string Path { get; }

    /// <summary>The SUBSCRIBE messages.</summary>
    IReadOnlyList<byte[]> Subscriptions { get; }

    /// <summary>How many acknowledgements they bring.</summary>
    int AnswersExpected { get; }

    /// <summary>What keeps the connection alive; answered by a frame that <see cref="Read"/> calls a pong.</summary>
    byte[] Ping { get; }

    /// <summary>How often it is to be sent.</summary>
    TimeSpan PingInterval { get; }

    /// <summary>The messages that end and renew the subscription to the book of a symbol, so that the venue sends it whole.</summary>
    IReadOnlyList<byte[]> RenewBook(int symbolIndex);

    /// <summary>A new connection: books begin with the next whole one.</summary>
    void Restart();

    /// <summary>Reads a frame and hands over what it says.</summary>
    /// <exception cref="System.Text.Json.JsonException">The frame is not JSON.</exception>
    /// <exception cref="FormatException">A field is missing or wrong; it is named.</exception>
    FeedFrame Read(ReadOnlyMemory<byte> bytes, IMarketDataHandler handler, long receivedTimestamp);
}
