using Granary.Engine.Market;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>Finds places in a symbol's aggregate trades, whose ids are consecutive and whose times never fall.</summary>
internal static class AggTradeHistory
{
    /// <summary>
    /// The id of the oldest remembered trade at or after a time; one past the last id when there is none. A bisection over ids: about 20 look-ups.
    /// </summary>
    public static long FirstIdAt(IExchange exchange, string symbol, long timeMs)
    {
        if (exchange.GetAggTrades(symbol, -1, 1) is not [var last]) return 0;
        if (last.TimeMs < timeMs) return last.Id + 1;
        var low = First(exchange.GetAggTrades(symbol, 0, 1))?.Id ?? last.Id;
        var high = last.Id;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            // Where the middle was forgotten, the oldest one that is remembered answers for it.
            var found = First(exchange.GetAggTrades(symbol, middle, 1));
            if (found is { } trade && trade.TimeMs < timeMs) low = Math.Max(trade.Id, middle) + 1;
            else high = middle;
        }
        return low;
    }

    private static AggTrade? First(IReadOnlyList<AggTrade> trades) => trades.Count > 0 ? trades[0] : null;
}
