using Granary.Backtest.Accounts;
using Granary.Backtest.Execution;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Risk;

namespace Granary.Backtest.Strategies;

/// <summary>What a strategy knows and can do in one symbol.</summary>
public sealed class StrategyContext
{
    private readonly SimulatedAccount _account;
    private readonly AccountSymbol _symbol;
    private readonly long _tradeFromMs;
    private long _intents;

    internal StrategyContext(SimulatedAccount account, AccountSymbol symbol, long tradeFromMs)
    {
        _account = account;
        _symbol = symbol;
        _tradeFromMs = tradeFromMs;
    }

    /// <summary>Upper-case symbol.</summary>
    public string Symbol => _symbol.Rules.Symbol;

    /// <summary>The venue's rules.</summary>
    public SymbolRules Rules => _symbol.Rules;

    /// <summary>The account's name.</summary>
    public string Account => SimulatedAccount.AccountName;

    /// <summary>Time of the running event, milliseconds since the Unix epoch, UTC.</summary>
    public long TimeMs { get; internal set; }

    /// <summary>Price of the last trade, quote units; 0 before the first.</summary>
    public decimal LastPrice => _symbol.LastPrice;

    /// <summary>The position, once the reports of its fills have come.</summary>
    public KnownPosition Position => _symbol.Known;

    /// <summary>Realised volatility of the last minutes, a fraction per year; null before enough of them, and where there are no volume bars.</summary>
    public double? Volatility => _symbol.Measures.Volatility;

    /// <summary>The recorded book; null where there is none.</summary>
    public DepthBook? Book => _symbol.Venue.Book;

    /// <summary>Whether an order is on its way or resting.</summary>
    public bool HasOrders => _symbol.HasOrders;

    /// <summary>Asks the gate for an order.</summary>
    /// <returns>Its client order id; null when it was refused, or when it would open a position before trading begins.</returns>
    public string? Propose(Proposal proposal)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        if (proposal.Kind == ProposalKind.Entry && TimeMs < _tradeFromMs) return null;
        return _account.Propose(_symbol, proposal, TimeMs);
    }

    /// <summary>Tells where the position's stop may rest at the venue; without effect where none rest there.</summary>
    /// <param name="openingId">Client order id of the position's entry.</param>
    /// <param name="price">Quote units; of one position it only ever comes nearer to the market.</param>
    public void Protect(string openingId, decimal price) => _symbol.Stops?.Tell(openingId, price, TimeMs);

    /// <summary>Asks to open a position at the market.</summary>
    /// <param name="strategy">The strategy's name.</param>
    /// <param name="side">Buy for long.</param>
    /// <param name="quantity">Base units; null for the gate to size it.</param>
    /// <param name="why">A word for the statistics.</param>
    public string? Enter(string strategy, OrderSide side, decimal? quantity, string why) =>
        Propose(Market(strategy, ProposalKind.Entry, side, quantity, why));

    /// <summary>Asks to close the position at the market.</summary>
    /// <param name="strategy">The strategy's name.</param>
    /// <param name="why">A word for the statistics.</param>
    public string? Leave(string strategy, string why) =>
        Propose(Market(strategy, ProposalKind.Exit, Position.Quantity > 0 ? OrderSide.Sell : OrderSide.Buy, null, why));

    /// <summary>Asks for a resting order that never takes.</summary>
    /// <param name="strategy">The strategy's name.</param>
    /// <param name="kind">Entry or exit.</param>
    /// <param name="side">Side.</param>
    /// <param name="price">A multiple of the tick, quote units.</param>
    /// <param name="quantity">A multiple of the step, base units.</param>
    /// <param name="why">A word for the statistics.</param>
    public string? Rest(string strategy, ProposalKind kind, OrderSide side, decimal price, decimal quantity, string why) =>
        Propose(Market(strategy, kind, side, quantity, why) with
        {
            OrderType = OrderType.Limit,
            LimitPrice = price,
            TimeInForce = TimeInForce.Gtx,
        });

    /// <summary>Sends a cancel.</summary>
    /// <returns>False when the order is over.</returns>
    public bool Cancel(string clientOrderId) => _account.Cancel(_symbol, clientOrderId, TimeMs);

    private Proposal Market(string strategy, ProposalKind kind, OrderSide side, decimal? quantity, string why) => new(
        Account, Symbol, strategy, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{strategy}/{Symbol}/{++_intents}"), kind, side, 1, null,
        LastPrice, TimeMs, -1, quantity, why);
}
