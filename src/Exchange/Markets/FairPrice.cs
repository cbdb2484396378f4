namespace Granary.Exchange.Markets;

/// <summary>
/// The price around which a synthetic symbol's makers quote, in ticks: noise whose variance may cluster (GARCH(1,1) on a grid of seconds: Bollerslev 1986),
/// the takers' impact, a trend, scheduled moves, and crashes that come at random and partly recover.
/// </summary>
internal sealed class FairPrice
{
    private const double VarianceMax = 100;
    private const double DayUs = 86_400e6;
    private const double RecoveryLengths = 5;

    private readonly SyntheticProfile _profile;
    private readonly SyntheticPath _path;
    private readonly SeededRandom _random;
    private readonly SeededRandom _crashes;
    private readonly double _min;
    private readonly double _max;
    private double _ticks;
    private long _driftedAtUs;
    private double _variance = 1;
    private double _realized;
    private long _secondUs;
    private long _crashAtUs;

    public FairPrice(SyntheticProfile profile, SyntheticPath path, SeededRandom random, ulong seed, double ticks, double min, double max, long startUs)
    {
        _profile = profile;
        _path = path;
        _random = random;
        _crashes = new SeededRandom(seed ^ 0xC2B2AE3D27D4EB4F);
        _ticks = ticks;
        _min = min;
        _max = max;
        _driftedAtUs = startUs;
        _secondUs = startUs;
        _crashAtUs = NextCrashUs(startUs);
    }

    /// <summary>The tick at or below the price.</summary>
    public long Ticks => (long)Math.Floor(_ticks);

    /// <summary>What of its usual size the book has now: less while the price crashes.</summary>
    public double Depth => _driftedAtUs >= _crashAtUs && _driftedAtUs < CrashEndUs ? _profile.CrashDepth : 1;

    /// <summary>Moves the price by a taker's order.</summary>
    /// <param name="sign">1 for a buy, -1 for a sell.</param>
    /// <param name="size">In median orders.</param>
    public void Push(int sign, double size) => _ticks *= 1 + (sign * _profile.ImpactBps * 1e-4 * Math.Sqrt(Math.Min(size, 16)));

    /// <summary>Lets time pass.</summary>
    public void DriftTo(long nowUs)
    {
        var seconds = (nowUs - _driftedAtUs) / 1e6;
        var noise = _random.Normal();
        _ticks *= _path.Factor(_driftedAtUs, nowUs) * (1 + (_profile.VolatilityBps * 1e-4 * Math.Sqrt(seconds * _variance) * noise));
        if (_profile.VolatilityReaction > 0) Cluster(nowUs, seconds * _variance * noise * noise);
        if (_profile.TrendBpsPerHour != 0) _ticks *= 1 + (_profile.TrendBpsPerHour * 1e-4 * seconds / 3600);
        if (_crashAtUs <= nowUs) Crash(nowUs);
        _driftedAtUs = nowUs;
        _ticks = Math.Clamp(_ticks, _min, _max);
    }

    private long CrashEndUs => _crashAtUs + (long)(_profile.CrashSeconds * 1e6);

    private void Cluster(long nowUs, double realized)
    {
        _realized += realized;
        if (nowUs - _secondUs < 1_000_000) return;
        var (reaction, persistence) = (_profile.VolatilityReaction, _profile.VolatilityPersistence);
        var perSecond = _realized / ((nowUs - _secondUs) / 1e6);
        _variance = Math.Min(VarianceMax, 1 - reaction - persistence + (reaction * perSecond) + (persistence * _variance));
        _secondUs = nowUs;
        _realized = 0;
    }

    /// <summary>The part of the fall, then of the recovery, that lies between the last drift and now; logarithmic steps, so that shares add up.</summary>
    private void Crash(long nowUs)
    {
        var fall = Math.Log(1 - (_profile.CrashBps * 1e-4));
        var (startUs, endUs) = (_crashAtUs, CrashEndUs);
        var recoveredUs = endUs + (long)((endUs - startUs) * RecoveryLengths);
        _ticks *= Math.Exp((fall * Share(startUs, endUs, nowUs)) - (fall * _profile.CrashRecovery * Share(endUs, recoveredUs, nowUs)));
        if (nowUs >= recoveredUs) _crashAtUs = NextCrashUs(nowUs);
    }

    private double Share(long fromUs, long toUs, long nowUs) =>
        Math.Max(0, Math.Min(nowUs, toUs) - Math.Max(_driftedAtUs, fromUs)) / (double)(toUs - fromUs);

    private long NextCrashUs(long nowUs) =>
        _profile.CrashesPerDay == 0 ? long.MaxValue / 4 : nowUs + Math.Max(1, (long)_crashes.Exponential(DayUs / _profile.CrashesPerDay));
}
