namespace Granary.Exchange;

/// <summary>Where our resting orders stand in the queue of a recorded market.</summary>
public enum QueueModel
{
    /// <summary>Behind everyone: an order fills only when the tape trades through its price (strictly better for the taker than our price).</summary>
    Back,

    /// <summary>Before everyone: an order also fills when the tape trades at its price against its side.</summary>
    Front,
}
