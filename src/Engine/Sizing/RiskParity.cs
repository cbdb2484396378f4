namespace Granary.Engine.Sizing;

/// <summary>Risk parity (formulas §11.1): the share of a symbol is proportional to 1 / its volatility, and the shares add up to 1.</summary>
public static class RiskParity
{
    /// <summary>Shares of symbols, in the order given. Without any usable volatility all are 0.</summary>
    /// <param name="volatilities">One for each symbol, a fraction over one horizon; null when there is none.</param>
    public static ParityWeight[] Weights(ReadOnlySpan<double?> volatilities)
    {
        var smallest = double.PositiveInfinity;
        var weights = new ParityWeight[volatilities.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = new ParityWeight(0, Exclusion(volatilities[i]));
            if (weights[i].Exclusion == ParityExclusion.None) smallest = Math.Min(smallest, volatilities[i]!.Value);
        }

        // Against the smallest volatility every term is at most 1, so that none overflows.
        var total = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i].Exclusion == ParityExclusion.None) total += smallest / volatilities[i]!.Value;
        }
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i].Exclusion == ParityExclusion.None) weights[i] = weights[i] with { Weight = smallest / volatilities[i]!.Value / total };
        }
        return weights;
    }

    private static ParityExclusion Exclusion(double? volatility) => volatility switch
    {
        null => ParityExclusion.VolatilityUnknown,
        0 => ParityExclusion.VolatilityZero,
        > 0 and < double.PositiveInfinity => ParityExclusion.None,
        _ => ParityExclusion.VolatilityInvalid,
    };
}
