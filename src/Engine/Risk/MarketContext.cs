using Granary.Engine.Execution.Slippage;
using Granary.Engine.Market;
using Granary.Engine.Orders;
using Granary.Engine.Protection;

namespace Granary.Engine.Risk;

/// <summary>The market of a symbol as the gate sees it at the moment of a decision.</summary>
/// <param name="Rules">The venue's rules of the symbol.</param>
/// <param name="LastPrice">Price of the last trade, quote units; 0 when there is none.</param>
/// <param name="BidPrice">Best bid, or null.</param>
/// <param name="AskPrice">Best ask, or null.</param>
/// <param name="MarkPrice">Mark price, or null.</param>
/// <param name="DataAgeMs">Age of the newest trade or quote, milliseconds.</param>
/// <param name="MarketTimeMs">Market time, milliseconds since the Unix epoch, UTC.</param>
public sealed record MarketContext(
    SymbolRules Rules, decimal LastPrice, decimal? BidPrice, decimal? AskPrice, decimal? MarkPrice, long DataAgeMs, long MarketTimeMs)
{
    /// <summary>
    /// The protection that a position of this symbol will have; sizes and planned stops are made with its hard stop. Default <see cref="GuardProfiles.Atr"/>.
    /// </summary>
    public GuardParameters Guard { get; init; } = GuardProfiles.Atr;

    /// <summary>The venue's clock less ours, milliseconds; null, the default, when it is not known: not checked.</summary>
    public long? ClockSkewMs { get; init; }

    /// <summary>
    /// Trade intensity over its mean of the 100 bars before (formulas §4.4), the lower of the last completed bar and the open bar against the clock; null, the
    /// default, when it is not known: not checked.
    /// </summary>
    public double? TradeIntensityShare { get; init; }

    /// <summary>Order flow imbalance of the related market as of this time (formulas §4.5), -1 to 1; null, the default, when it is not known.</summary>
    public double? CrossMarketFlow { get; init; }

    /// <summary>
    /// Quantile of |price impact| (formulas §4.5), quote units per base unit and base unit; null, the default, when it is not known. What slippage is expected by
    /// where <see cref="Depth"/> cannot tell.
    /// </summary>
    public double? PriceImpact { get; init; }

    /// <summary>The account's fees in the symbol as the venue tells them; null, the default, when it has not: then the limits' rates hold.</summary>
    public FeeRates? Fees { get; init; }

    /// <summary>The order book and what impact is computed from; empty, the default, where there is none.</summary>
    public MarketDepth Depth { get; init; }

    /// <summary>Funding that the position would pay soon, a share of the notional, 0 or more; default 0. Expected profit must cover it too.</summary>
    public decimal FundingShare { get; init; }

    /// <summary>Why the market feed is not trusted beside its backups; empty, the default, when it is, or is not compared.</summary>
    public string FeedDoubt { get; init; } = "";

    /// <summary>Whether the venue says that it is in maintenance; default false.</summary>
    public bool IsVenueInMaintenance { get; init; }

    /// <summary>
    /// What taking is expected to cost: by the book, else by the bars' price impact; null where neither is known, and then expected profit is held against fees
    /// and funding alone.
    /// </summary>
    /// <param name="side">Buy or sell.</param>
    /// <param name="quantity">Base units, above 0.</param>
    public ExpectedSlippage? Slippage(OrderSide side, decimal quantity) => ExpectedSlippage.Of(side, quantity, LastPrice, Depth, PriceImpact);
}
