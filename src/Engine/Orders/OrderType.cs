namespace Granary.Engine.Orders;

/// <summary>How an order is priced.</summary>
public enum OrderType
{
    /// <summary>Trades at its price or better; rests if its time in force allows.</summary>
    Limit,

    /// <summary>Trades at once against the book; never rests.</summary>
    Market,
}
