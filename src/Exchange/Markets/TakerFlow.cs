namespace Granary.Exchange.Markets;

/// <summary>
/// When the next taker of a synthetic symbol comes. Without clustering arrivals are a Poisson process; with it they excite each other (Hawkes 1971, exponential
/// kernel, drawn by thinning: Ogata 1981): a share of all arrivals is caused by earlier ones, and the mean rate stays what the profile says.
/// </summary>
internal sealed class TakerFlow(SyntheticProfile profile, SeededRandom random)
{
    private double _excitement;
    private long _excitedAtUs;

    /// <summary>Share of the usual activity at a time: less in the profile's thin hours.</summary>
    public double Activity(long nowUs)
    {
        if (profile.ThinFromHour == profile.ThinToHour) return 1;
        var hour = (int)(nowUs / 3_600_000_000 % 24);
        var isThin = profile.ThinFromHour < profile.ThinToHour
            ? hour >= profile.ThinFromHour && hour < profile.ThinToHour
            : hour >= profile.ThinFromHour || hour < profile.ThinToHour;
        return isThin ? profile.ThinShare : 1;
    }

    /// <summary>Time of the next arrival, after one that has just come.</summary>
    /// <param name="nowUs">Now, microseconds.</param>
    /// <param name="factor">Activity times what a burst adds.</param>
    public long NextUs(long nowUs, double factor)
    {
        var rate = profile.TradesPerSecond * factor;
        if (profile.Clustering == 0) return nowUs + DelayUs(1 / rate);
        var decay = 1 / profile.ClusterSeconds;
        Decay(nowUs, decay);
        _excitement += profile.Clustering * decay;
        var atUs = nowUs;
        while (true)
        {
            var bound = (rate * (1 - profile.Clustering)) + _excitement;
            atUs += DelayUs(1 / bound);
            Decay(atUs, decay);
            if (random.Uniform() * bound <= (rate * (1 - profile.Clustering)) + _excitement) return atUs;
        }
    }

    private void Decay(long nowUs, double decay)
    {
        _excitement *= Math.Exp(-decay * (nowUs - _excitedAtUs) / 1e6);
        _excitedAtUs = nowUs;
    }

    private long DelayUs(double meanSeconds) => Math.Max(1, (long)(random.Exponential(meanSeconds * 1000) * 1000));
}
