namespace Granary.Exchange.Markets;

/// <summary>An order's place in a recorded queue. Base units.</summary>
/// <param name="Ahead">What is before the order; below 0 by what has reached it.</param>
/// <param name="Level">What the book showed at the price when it last told.</param>
/// <param name="Traded">What has traded at the price since then.</param>
internal readonly record struct QueuePlace(double Ahead, double Level, double Traded)
{
    /// <summary>The place of an order that has just come.</summary>
    public static QueuePlace Join(double level) => new(level, level, 0);

    /// <summary>The place after a trade at the price against the order's side.</summary>
    public QueuePlace AfterTrade(double quantity) => this with { Ahead = Ahead - quantity, Traded = Traded + quantity };

    /// <summary>The place after the book has told the level's quantity anew.</summary>
    /// <param name="level">The level's quantity now.</param>
    /// <param name="model">A model that goes by the book.</param>
    /// <param name="power">The exponent of the power models.</param>
    public QueuePlace AfterLevel(double level, QueueModel model, double power)
    {
        var left = Level - level - Traded;
        if (model == QueueModel.RiskAverse || left < 0) return new QueuePlace(Math.Min(Ahead, level), level, 0);
        var front = Math.Max(0, Ahead);
        var back = Math.Max(0, Level - front);
        var behind = ShareBehind(front, back, model, power);
        // What would have left behind the order and was not there has left before it.
        var ahead = front - ((1 - behind) * left) + Math.Min(back - (behind * left), 0);
        return new QueuePlace(Math.Min(ahead, level), level, 0);
    }

    /// <summary>What of a quantity that left the level without a trade was behind the order.</summary>
    private static double ShareBehind(double front, double back, QueueModel model, double power)
    {
        if (front == 0) return 1;
        return model switch
        {
            QueueModel.Logarithmic => Math.Log(1 + back) / (Math.Log(1 + back) + Math.Log(1 + front)),
            QueueModel.Logarithmic2 => Math.Log(1 + back) / Math.Log(1 + back + front),
            QueueModel.Power => Math.Pow(back, power) / (Math.Pow(back, power) + Math.Pow(front, power)),
            QueueModel.Power2 => Math.Pow(back / (back + front), power),
            QueueModel.Power3 => 1 - Math.Pow(front / (front + back), power),
            _ => throw new ArgumentOutOfRangeException(nameof(model), model, "the model does not go by the book"),
        };
    }
}
