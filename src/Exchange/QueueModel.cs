namespace Granary.Exchange;

/// <summary>
/// Where our resting orders stand in the queue of a recorded market. From <see cref="RiskAverse"/> on an order joins behind what the recorded book shows at its
/// price, and the models differ in where they take a level to have shrunk when more left it than was traded: n is
/// <see cref="ExchangeOptions.QueuePower"/>, front and back are the quantities before and behind the order, and the share that left behind it is the given one
/// (the queue models of hftbacktest).
/// </summary>
public enum QueueModel
{
    /// <summary>Behind everyone: an order fills only when the tape trades through its price (strictly better for the taker than our price).</summary>
    Back,

    /// <summary>Before everyone: an order also fills when the tape trades at its price against its side.</summary>
    Front,

    /// <summary>By the book: only trades at its price bring an order forward, and a level that is smaller than what was before it.</summary>
    RiskAverse,

    /// <summary>By the book: ln(1 + back) / (ln(1 + back) + ln(1 + front)).</summary>
    Logarithmic,

    /// <summary>By the book: ln(1 + back) / ln(1 + back + front).</summary>
    Logarithmic2,

    /// <summary>By the book: back^n / (back^n + front^n).</summary>
    Power,

    /// <summary>By the book: back^n / (back + front)^n.</summary>
    Power2,

    /// <summary>By the book: 1 - (front / (front + back))^n.</summary>
    Power3,
}
