namespace Granary.Engine.Supervision;

/// <summary>The streams of one symbol.</summary>
public enum MarketStream
{
    /// <summary>Aggregate trades: come when somebody trades.</summary>
    Trades = 0,

    /// <summary>Best bid and ask: come when one of them changes.</summary>
    Quotes = 1,

    /// <summary>Changes of the order book: come when there is one.</summary>
    Book = 2,

    /// <summary>Mark prices: come each second whatever the market does.</summary>
    MarkPrice = 3,
}
