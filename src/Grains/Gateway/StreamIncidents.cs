using Granary.Journal;
using Granary.Journal.Records;

namespace Granary.Grains.Gateway;

/// <summary>
/// Incident records of what the gateways see: connections lost and back, trades that were missed and fetched. Queued, never waited for: a read loop must not
/// stand still for its own anomalies. Without a journal nothing is recorded.
/// </summary>
internal sealed class StreamIncidents(IJournal? journal, TimeProvider time)
{
    public void UserStream(string account, bool connected, string detail) => Add(
        $"account {account}", connected ? "UserStreamConnected" : "UserStreamLost", detail.Length > 0 ? detail : "the user stream changed",
        connected ? "books and venue are compared" : "nothing is opened until it is back and books and venue have been compared",
        connected ? "reconciling" : "Recovering");

    public void MarketStream(bool connected, string detail) => Add(
        "market data", connected ? "MarketStreamConnected" : "MarketStreamLost", detail.Length > 0 ? detail : "the market stream changed",
        connected ? "trades that were missed are fetched by id" : "a new connection is made", connected ? "connected" : "no trades come in");

    public void Refilled(string symbol, long fromId, long untilId) => Add(
        $"symbol {symbol}", "TradesRefilled", $"trades {fromId} to {untilId - 1} did not come over the stream", "fetched over REST, in order, before anything behind them",
        "no trade is missing");

    public void Feed(string symbol, string health, string detail, string result, bool isGuarded) => Add(
        $"symbol {symbol}", $"Feed{health}", detail, isGuarded ? "open positions are guarded by the backup's prices as well" : "compared on", result);

    private void Add(string scope, string kind, string seen, string done, string result)
    {
        if (journal is null) return;
        var record = new IncidentRecord(scope, kind, seen, done, result, time.GetUtcNow().ToUnixTimeMilliseconds());
        _ = journal.EnqueueAsync([record], null).AsTask();
    }
}
