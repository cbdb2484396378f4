using Granary.Engine.Market;

namespace Granary.Exchange.Contracts;

/// <summary>
/// The exchange behind its wire protocol: matching, accounts, market data. All members are synchronous and single-writer: each takes the exchange's gate,
/// completes its whole effect (matching, wallet, durable log) and has handed every resulting event to <see cref="IExchangeEvents"/> before it returns.
/// </summary>
public interface IExchange : IOrderDesk, IMarginExchange
{
    /// <summary>Protocol clock, milliseconds since the Unix epoch, UTC: serverTime, recvWindow, the E field of events.</summary>
    long ServerTimeMs { get; }

    /// <summary>Market clock: the T field of events, trade times. Equal to the protocol clock in a synthetic market; the tape's time in a replay.</summary>
    long MarketTimeMs { get; }

    /// <summary>The listed symbols with their rules.</summary>
    IReadOnlyList<SymbolRules> Symbols { get; }

    /// <summary>The account with this API key, or null. The secret verifies signatures.</summary>
    ExchangeAccount? FindAccount(string apiKey);

    /// <summary>Places an order.</summary>
    /// <exception cref="ExchangeException">Refused, with the venue's code and message.</exception>
    ExchangeOrder Place(string account, NewOrder order);

    /// <summary>Cancels an order by the venue's id or, when that is 0, by client id.</summary>
    /// <exception cref="ExchangeException">-2011 when there is no such open order.</exception>
    ExchangeOrder Cancel(string account, string symbol, long orderId, string? clientOrderId);

    /// <summary>Cancels every open order of the account in the symbol and returns them.</summary>
    IReadOnlyList<ExchangeOrder> CancelAll(string account, string symbol);

    /// <summary>Finds an order, open or finished (finished ones are remembered up to a stated bound).</summary>
    /// <exception cref="ExchangeException">-2013 when there is none.</exception>
    ExchangeOrder GetOrder(string account, string symbol, long orderId, string? clientOrderId);

    /// <summary>Open orders of the account; symbol null for all.</summary>
    IReadOnlyList<ExchangeOrder> GetOpenOrders(string account, string? symbol);

    /// <summary>Positions of the account that are not flat or have open orders; symbol null for all.</summary>
    IReadOnlyList<ExchangePosition> GetPositions(string account, string? symbol);

    /// <summary>The account's USDT wallet.</summary>
    ExchangeWallet GetWallet(string account);

    /// <summary>Fills of the account in the symbol with trade ids from <paramref name="fromTradeId"/>, oldest first, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<ExchangeFill> GetUserTrades(string account, string symbol, long fromTradeId, int limit);

    /// <summary>Aggregate trades with ids from <paramref name="fromId"/> (the latest <paramref name="limit"/> when negative), oldest first.</summary>
    IReadOnlyList<AggTrade> GetAggTrades(string symbol, long fromId, int limit);

    /// <summary>The book, best first, at most <paramref name="limit"/> levels a side.</summary>
    DepthSnapshot GetDepth(string symbol, int limit);

    /// <summary>Best bid and ask.</summary>
    BookTicker GetBookTicker(string symbol);

    /// <summary>Mark price and funding.</summary>
    MarkPrice GetMarkPrice(string symbol);

    /// <summary>Every order, fill and wallet change of the account that is remembered. All of one moment where the exchange has a gate to hold.</summary>
    ExchangeAudit GetAudit(string account) => new(
        account, GetWallet(account), GetPositions(account, null),
        [.. Symbols.SelectMany(s => GetAllOrders(account, s.Symbol)).OrderBy(o => o.OrderId)], GetConditionals(account),
        [.. Symbols.SelectMany(s => GetAmendments(account, s.Symbol)).OrderBy(a => a.AmendmentId)],
        [.. Symbols.SelectMany(s => GetUserTrades(account, s.Symbol, 0, int.MaxValue))], GetIncome(account, null, null, 0, long.MaxValue, int.MaxValue));

    /// <summary>How far the market has come.</summary>
    MarketProgress Progress { get; }
}
