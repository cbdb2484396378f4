using Granary.Engine.Market;

namespace Granary.Exchange.Contracts;

/// <summary>
/// Receives what happens, in order, inside the exchange's gate: implementations encode and enqueue, never block and never call back. Per fill the order
/// is: public trade, account, order.
/// </summary>
public interface IExchangeEvents
{
    /// <summary>An aggregate trade was printed.</summary>
    void OnAggTrade(string symbol, in AggTrade trade);

    /// <summary>The best bid or ask changed.</summary>
    void OnBookTicker(string symbol, in BookTicker ticker);

    /// <summary>The mark price was published.</summary>
    void OnMarkPrice(string symbol, in MarkPrice mark);

    /// <summary>Book levels changed (batched by the publication interval).</summary>
    void OnDepth(string symbol, DepthDiff diff);

    /// <summary>An order of an account changed.</summary>
    void OnOrder(string account, ExecutionEvent execution);

    /// <summary>A conditional order of an account changed.</summary>
    void OnConditional(string account, ConditionalOrder order);

    /// <summary>Balance or positions of an account changed.</summary>
    void OnAccount(string account, AccountEvent change);

    /// <summary>An account's positions come near to their liquidation (MARGIN_CALL).</summary>
    void OnMarginCall(string account, MarginCall call)
    {
    }

    /// <summary>An account's leverage in a symbol changed (ACCOUNT_CONFIG_UPDATE).</summary>
    void OnSettings(string account, MarginSettings settings)
    {
    }
}
