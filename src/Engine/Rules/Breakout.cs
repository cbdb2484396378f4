using Granary.Engine.Features;
using Granary.Engine.Orders;
using Granary.Engine.Signals;
using Granary.Engine.Snapshots;
using Granary.Engine.Statistics;

namespace Granary.Engine.Rules;

/// <summary>
/// Goes with a close beyond the range of the last bars when the takers pushed it there, and leaves once the close is back within the range's middle. The
/// example of the strategy author's guide.
/// </summary>
public sealed class Breakout : BarRule
{
    private readonly int _lookback;
    private readonly double _flowMin;
    private readonly RollingWindow _highs;
    private readonly RollingWindow _lows;

    /// <summary>The rule before its first bar.</summary>
    /// <param name="parameters">Lookback: bars of the range, 2 to 10,000, default 50. FlowMin: |order flow imbalance| needed, 0 to 1, default 0.2.</param>
    /// <exception cref="ArgumentException">A parameter is outside its range.</exception>
    public Breakout(RuleParameters parameters)
    {
        _lookback = parameters.Whole("Lookback", 50, 2, 10_000);
        _flowMin = parameters.Number("FlowMin", 0.2, 0, 1);
        _highs = new RollingWindow(_lookback);
        _lows = new RollingWindow(_lookback);
    }

    /// <inheritdoc/>
    protected override RuleDecision Decide(FeatureBar bar)
    {
        var close = (double)bar.Bar.Close;
        double? high = null, low = null;
        if (_highs.Count == _lookback)
        {
            // The range of the bars before this one: a bar cannot break out of itself.
            (high, low) = (Highest(), Lowest());
        }
        _highs.Push((double)bar.Bar.High);
        _lows.Push((double)bar.Bar.Low);

        var flow = bar.Features.Ofi;
        Condition[] conditions =
        [
            new("close above range", high is null ? null : close > high, close, high),
            new("buyers push", flow >= _flowMin, flow, _flowMin),
            new("close below range", low is null ? null : close < low, close, low),
            new("sellers push", flow <= -_flowMin, flow, -_flowMin),
        ];
        if (high is not { } top || low is not { } bottom) return Keep(conditions);

        // What a breakout of a range may gain is often said to be its height.
        var profit = (top - bottom) / close;
        if (close > top && flow >= _flowMin) return Open(OrderSide.Buy, profit, conditions);
        if (close < bottom && flow <= -_flowMin) return Open(OrderSide.Sell, profit, conditions);
        var quarter = (top - bottom) / 4;
        return close < top - quarter && close > bottom + quarter ? Leave(conditions) : Keep(conditions);
    }

    /// <inheritdoc/>
    protected override void WriteState(SnapshotWriter writer)
    {
        _highs.Write(writer);
        _lows.Write(writer);
    }

    /// <inheritdoc/>
    protected override void ReadState(ref SnapshotReader reader)
    {
        _highs.Restore(ref reader);
        _lows.Restore(ref reader);
    }

    private double Highest()
    {
        var highest = double.MinValue;
        foreach (var high in _highs.Newest(_lookback)) highest = Math.Max(highest, high);
        return highest;
    }

    private double Lowest()
    {
        var lowest = double.MaxValue;
        foreach (var low in _lows.Newest(_lookback)) lowest = Math.Min(lowest, low);
        return lowest;
    }
}
