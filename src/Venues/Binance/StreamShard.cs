using System.Text;
using Granary.Venues.Transport;

namespace Granary.Venues.Binance;

/// <summary>What one market connection carries.</summary>
/// <param name="Path">Path to connect to.</param>
/// <param name="Label">Name in messages, for example "market 1/2".</param>
/// <param name="CarriesTrades">Whether it carries trades and mark prices, or quotes.</param>
/// <param name="Streams">The streams of each symbol.</param>
/// <param name="SymbolIndices">The symbols.</param>
/// <param name="Subscriptions">The SUBSCRIBE messages, in order; the n-th has the id n, counted from 1.</param>
internal sealed record StreamShard(
    string Path, string Label, bool CarriesTrades, IReadOnlyList<MarketFrameKind> Streams, IReadOnlyList<int> SymbolIndices,
        IReadOnlyList<byte[]> Subscriptions)
{
    /// <summary>Pause between two messages: at most four a second, where the venue disconnects at more than ten.</summary>
    private static readonly TimeSpan _controlInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>What each of <see cref="Streams"/> is called behind the symbol.</summary>
    public IReadOnlyList<string> Suffixes { get; init; } = [];

    /// <summary>How long subscribing takes.</summary>
    public TimeSpan SubscribeDuration => Subscriptions.Count * _controlInterval;

    /// <summary>Ends one subscription and makes it anew, with ids behind those of <see cref="Subscriptions"/>: their answers are not waited for.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task ResubscribeAsync(IStreamConnection connection, string symbol, int place, TimeProvider time, CancellationToken cancellationToken)
    {
        var name = $"{symbol.ToLowerInvariant()}{Suffixes[place]}";
        await connection.SendAsync(Message("UNSUBSCRIBE", 1), cancellationToken);
        await Task.Delay(_controlInterval, time, cancellationToken);
        await connection.SendAsync(Message("SUBSCRIBE", 2), cancellationToken);
        await Task.Delay(_controlInterval, time, cancellationToken);

        byte[] Message(string method, int offset) =>
            Encoding.UTF8.GetBytes($"{{\"method\":\"{method}\",\"params\":[\"{name}\"],\"id\":{Subscriptions.Count + offset}}}");
    }

    /// <summary>Sends the SUBSCRIBE messages.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task SubscribeAsync(IStreamConnection connection, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Subscriptions.Count; i++)
        {
            if (i > 0) await Task.Delay(_controlInterval, time, cancellationToken);
            await connection.SendAsync(Subscriptions[i], cancellationToken);
        }
    }
}
