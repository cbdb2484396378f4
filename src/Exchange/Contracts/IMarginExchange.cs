namespace Granary.Exchange.Contracts;

/// <summary>
/// The exchange's margin, funding and transfers behind its wire protocol; the rules of <see cref="IExchange"/> hold. Every change is durable when the call
/// returns and refusals are an <see cref="ExchangeException"/> with the venue's code and message.
/// </summary>
public interface IMarginExchange
{
    /// <summary>The symbol's brackets, lowest notional first.</summary>
    IReadOnlyList<LeverageBracket> GetBrackets(string symbol);

    /// <summary>Margin type and leverage of the account in the symbol.</summary>
    MarginSettings GetSettings(string account, string symbol);

    /// <summary>Whether the account holds long and short positions apart.</summary>
    bool IsHedgeMode(string account);

    /// <summary>What the account pays for its fills.</summary>
    CommissionRates GetCommission(string account);

    /// <summary>Switches between one-way and hedge mode.</summary>
    /// <exception cref="ExchangeException">-4059 no change, -4067 open orders, -4068 positions.</exception>
    void SetHedgeMode(string account, bool isHedged);

    /// <summary>Changes the leverage.</summary>
    /// <exception cref="ExchangeException">
    /// -4028 outside the brackets, -2027 position too large for it, -4161 lower with an isolated position, -2028 margin would not suffice.
    /// </exception>
    MarginSettings SetLeverage(string account, string symbol, int leverage);

    /// <summary>Changes the margin type.</summary>
    /// <exception cref="ExchangeException">-4046 no change, -4047 open orders, -4048 position.</exception>
    void SetMarginType(string account, string symbol, MarginType type);

    /// <summary>Moves margin from the cross wallet into an isolated position, or back when the amount is negative.</summary>
    /// <exception cref="ExchangeException">-4055 amount 0, -4049 not isolated, -4054 no position, -4050 or -4051 not enough, -4061 wrong position side.</exception>
    void MovePositionMargin(string account, string symbol, PositionSide side, decimal amount);

    /// <summary>Moves of margin into the account's isolated positions of the symbol and back that are remembered, oldest first.</summary>
    IReadOnlyList<PositionMarginMove> GetPositionMarginMoves(string account, string symbol);

    /// <summary>Deposits, or withdraws when the amount is negative.</summary>
    /// <exception cref="ExchangeException">-4055 amount 0, -2018 more than may be withdrawn.</exception>
    ExchangeWallet Transfer(string account, decimal amount);

    /// <summary>Wallet changes of the account that are remembered, oldest first: the first <paramref name="limit"/> within the times.</summary>
    /// <param name="account">Account name.</param>
    /// <param name="symbol">Upper-case symbol, or null for all.</param>
    /// <param name="type">Income type, or null for all.</param>
    /// <param name="startMs">From this market time on.</param>
    /// <param name="endMs">Up to this market time.</param>
    /// <param name="limit">Most records returned.</param>
    IReadOnlyList<IncomeRecord> GetIncome(string account, string? symbol, string? type, long startMs, long endMs, int limit);

    /// <summary>Liquidation and deleveraging orders of the account that are remembered, oldest first; symbol null for all.</summary>
    IReadOnlyList<ExchangeOrder> GetForceOrders(string account, string? symbol);

    /// <summary>Funding times of the symbol that are remembered, oldest first: the first <paramref name="limit"/> within the times.</summary>
    IReadOnlyList<FundingRecord> GetFundingRates(string symbol, long startMs, long endMs, int limit);

    /// <summary>Where all the money is.</summary>
    ExchangeTotals GetTotals();
}
