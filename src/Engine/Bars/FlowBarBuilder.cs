using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Bars;

/// <summary>
/// Builds imbalance and run bars with a fixed threshold (formulas §1.8): the taker's side signs a trade, the trade stays whole in its bar, and the bar closes
/// when θ (<see cref="FlowRule"/>) reaches the threshold or goes above; θ starts again at 0. Sums are exact.
/// </summary>
public sealed class FlowBarBuilder : BarBuilder
{
    private readonly long _threshold;
    private readonly Int128 _thetaMin;

    /// <summary>A builder without trades.</summary>
    /// <param name="rule">Imbalance or run bars.</param>
    /// <param name="measure">What a trade weighs.</param>
    /// <param name="threshold">θ that closes a bar, in trades, base units or quote units: above 0, at most 46,116,860,184, at most eight decimals.</param>
    /// <exception cref="ArgumentException">The threshold is outside its range or has more than eight decimals, or the rule or measure is unknown.</exception>
    public FlowBarBuilder(FlowRule rule, BarMeasure measure, decimal threshold)
        : this(rule, measure, BarThreshold.ToE8(threshold))
    {
    }

    private FlowBarBuilder(FlowRule rule, BarMeasure measure, long threshold)
    {
        OrderFlow.Check(rule, measure);
        (Rule, Measure, _threshold) = (rule, measure, threshold);

        // In raw units; a count of trades reaches a fraction when it reaches the next whole number.
        _thetaMin = measure switch
        {
            BarMeasure.Ticks => ((Int128)threshold + Fixed8.One - 1) / Fixed8.One,
            BarMeasure.Volume => threshold,
            _ => (Int128)threshold * Fixed8.One,
        };
    }

    /// <summary>Imbalance or run bars.</summary>
    public FlowRule Rule { get; }

    /// <summary>What a trade weighs.</summary>
    public BarMeasure Measure { get; }

    /// <summary>θ that closes a bar, in trades, base units or quote units.</summary>
    public decimal Threshold => Fixed8.ToDecimal(_threshold);

    /// <summary>θ of the running bar, in trades, base units or quote units; 0 or more.</summary>
    public decimal OpenTheta => OrderFlow.ToDecimal(Measure, OrderFlow.Theta(Rule, Measure, Running.Totals));

    /// <inheritdoc/>
    public override bool Add(in AggTrade trade)
    {
        Running.Totals.Add(trade);
        if (OrderFlow.Theta(Rule, Measure, Running.Totals) < _thetaMin) return false;
        Running.Close();
        return true;
    }

    /// <inheritdoc/>
    public override void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(FlowBarBuilder), 1);
        writer.Write((int)Rule);
        writer.Write((int)Measure);
        writer.Write(_threshold);
        Running.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote, the parameters included.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged, or not of a flow bar builder.</exception>
    public static FlowBarBuilder Read(ref SnapshotReader reader)
    {
        reader.Section(nameof(FlowBarBuilder), 1);
        var (rule, measure) = ((FlowRule)reader.ReadInt32(), (BarMeasure)reader.ReadInt32());
        var threshold = BarThreshold.Checked(reader.ReadInt64());
        try
        {
            return new FlowBarBuilder(rule, measure, threshold) { Running = RunningBar.Read(ref reader) };
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException("snapshot of a flow bar builder is damaged: " + e.Message, e);
        }
    }
}
