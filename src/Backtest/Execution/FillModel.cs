namespace Granary.Backtest.Execution;

/// <summary>When a resting order is filled, from the most cautious to the most hopeful.</summary>
public enum FillModel
{
    /// <summary>Only when a trade goes through its price: whoever stood there before was surely served.</summary>
    Through,

    /// <summary>When the trades at its price have used up what stood before it in the queue (and when one goes through).</summary>
    Queue,

    /// <summary>With the first trade at its price, up to that trade's quantity (and when one goes through).</summary>
    Touch,
}
