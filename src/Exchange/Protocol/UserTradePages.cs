using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>Reads an account's fills page by page.</summary>
internal static class UserTradePages
{
    private const int PageMax = 1000;

    /// <summary>Every remembered fill from an id on, oldest first.</summary>
    public static IEnumerable<ExchangeFill> Read(IExchange exchange, string account, string symbol, long fromTradeId)
    {
        while (true)
        {
            var page = exchange.GetUserTrades(account, symbol, fromTradeId, PageMax);
            foreach (var fill in page) yield return fill;
            if (page.Count < PageMax) yield break;
            fromTradeId = page[^1].TradeId + 1;
        }
    }
}
