namespace Granary.Engine.Bars;

/// <summary>Parameters of imbalance and run bars whose threshold follows the market (<see cref="AdaptiveBarBuilder"/>; formulas §1.8).</summary>
public sealed record AdaptiveBarOptions
{
    /// <summary>The longest span of an average: 1,000,000.</summary>
    public const int SpanMax = 1_000_000;

    /// <summary>Imbalance or run bars; default imbalance.</summary>
    public FlowRule Rule { get; init; } = FlowRule.Imbalance;

    /// <summary>What a trade weighs; default its quantity.</summary>
    public BarMeasure Measure { get; init; } = BarMeasure.Volume;

    /// <summary>
    /// E0[T], trades in a bar expected at the start, and trades to be seen before a threshold exists; <see cref="TradeCountMin"/> to
    /// <see cref="TradeCountMax"/>, default 1,000.
    /// </summary>
    public int TradeCountInitial { get; init; } = 1_000;

    /// <summary>The fewest trades in a bar; 1 to <see cref="TradeCountMax"/>, default 250.</summary>
    public int TradeCountMin { get; init; } = 250;

    /// <summary>The most trades in a bar; up to <see cref="TickBarBuilder.TradesPerBarMax"/>, default 4,000.</summary>
    public int TradeCountMax { get; init; } = 4_000;

    /// <summary>Span of the exponential average of trades per bar, bars; 1 to <see cref="SpanMax"/>, default 20.</summary>
    public int BarSpan { get; init; } = 20;

    /// <summary>Span of the exponential averages of what a trade weighs, trades; 1 to <see cref="SpanMax"/>, default 10,000.</summary>
    public int TradeSpan { get; init; } = 10_000;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names the option, its value and the range.</exception>
    public void Validate()
    {
        OrderFlow.Check(Rule, Measure);
        Check(nameof(TradeCountMax), TradeCountMax, 1, TickBarBuilder.TradesPerBarMax);
        Check(nameof(TradeCountMin), TradeCountMin, 1, TradeCountMax);
        Check(nameof(TradeCountInitial), TradeCountInitial, TradeCountMin, TradeCountMax);
        Check(nameof(BarSpan), BarSpan, 1, SpanMax);
        Check(nameof(TradeSpan), TradeSpan, 1, SpanMax);
    }

    private static void Check(string name, int value, int min, int max)
    {
        if (value < min || value > max) throw new ArgumentException(FormattableString.Invariant($"{name} was {value}, expected {min} to {max}"), name);
    }
}
