namespace Granary.Exchange.Contracts;

/// <summary>Kinds of conditional orders.</summary>
public enum ConditionalType
{
    /// <summary>A limit order once the price ran against the position.</summary>
    Stop,

    /// <summary>A market order once the price ran against the position.</summary>
    StopMarket,

    /// <summary>A limit order once the price ran for the position.</summary>
    TakeProfit,

    /// <summary>A market order once the price ran for the position.</summary>
    TakeProfitMarket,

    /// <summary>A market order once the price came back from its extreme by the callback rate.</summary>
    TrailingStopMarket,
}
