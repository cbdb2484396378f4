namespace Granary.Exchange.Contracts;

/// <summary>What the exchange does with orders beyond taking and cancelling them. Same discipline as <see cref="IExchange"/>.</summary>
public interface IOrderDesk
{
    /// <summary>
    /// Changes price and quantity of an open limit order, which goes to the end of its queue. It is cancelled instead when the new quantity is already
    /// filled or when a post-only order would trade.
    /// </summary>
    /// <exception cref="ExchangeException">-2013 when it is not open, -5024 to -5029, or an order's own refusals.</exception>
    ExchangeOrder Amend(string account, OrderAmendRequest request);

    /// <summary>Remembered amendments of the account in the symbol, oldest first.</summary>
    IReadOnlyList<OrderAmendment> GetAmendments(string account, string symbol);

    /// <summary>Open and remembered finished orders of the account in the symbol, by id.</summary>
    IReadOnlyList<ExchangeOrder> GetAllOrders(string account, string symbol);

    /// <summary>Cancels all open orders of the account in the symbol after a time, unless armed again; 0 disarms. Conditional orders stay.</summary>
    /// <param name="account">The account.</param>
    /// <param name="symbol">Upper-case symbol.</param>
    /// <param name="countdownMs">Milliseconds of the protocol clock, 0 or more.</param>
    void ArmCountdown(string account, string symbol, long countdownMs);

    /// <summary>Takes a conditional order.</summary>
    /// <exception cref="ExchangeException">Refused, with the venue's code and message.</exception>
    ConditionalOrder PlaceConditional(string account, NewConditionalOrder request);

    /// <summary>Cancels a waiting conditional order by the venue's id or, when that is 0, by client id.</summary>
    /// <exception cref="ExchangeException">-2011 when there is none.</exception>
    ConditionalOrder CancelConditional(string account, long algoId, string? clientAlgoId);

    /// <summary>Cancels every waiting conditional order of the account in the symbol and returns them.</summary>
    IReadOnlyList<ConditionalOrder> CancelAllConditionals(string account, string symbol);

    /// <summary>Waiting and remembered conditional orders of the account, by id.</summary>
    IReadOnlyList<ConditionalOrder> GetConditionals(string account);

    /// <summary>Does what the protocol clock has made due: good-till dates and countdowns. The market's steps do it too; a market that stands needs it.</summary>
    void RunDue();
}
