using Granary.Engine.Features;
using Granary.Engine.Orders;
using Granary.Engine.Signals;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Rules;

/// <summary>
/// A strategy of one's own: closed volume bars with their features in, what to open or leave out. One class in this folder is all that it takes; its name in
/// a symbol's list of strategies makes the live engine ask it, and in a backtest's configuration the backtest. Sizes, limits, stops and orders are not its
/// business. Takes every bar once, in order; it may start at any bar. Not safe for concurrent use.
/// </summary>
/// <remarks>A rule is a kernel: no clock, no chance, no I/O. The same bars give the same decisions, and a snapshot at any bar continues bit for bit.</remarks>
public abstract class BarRule
{
    /// <summary>Strength of a rule that has no better opinion.</summary>
    protected const double StrengthDefault = 1;

    private bool _hasBar;
    private long _index;

    /// <summary>Its name: that of the class.</summary>
    public string Name => GetType().Name;

    /// <summary>The bar expected next; 0 before the first, when any is taken.</summary>
    public long NextBarIndex => _hasBar ? _index + 1 : 0;

    /// <summary>Takes the next bar and decides.</summary>
    /// <exception cref="ArgumentException">The bar is not the one after the last; it is not taken.</exception>
    /// <exception cref="InvalidOperationException">The rule answered with a strength outside 0.5 to 1.5, or with a profit that is no number.</exception>
    public RuleDecision Evaluate(FeatureBar bar)
    {
        KernelChecks.RequireNext(bar, !_hasBar, NextBarIndex);
        (_hasBar, _index) = (true, bar.Bar.Index);
        var decision = Decide(bar);
        if (decision.Side is not null && decision.Strength is not (>= 0.5 and <= 1.5))
            throw new InvalidOperationException(FormattableString.Invariant($"{Name} opened with a strength of {decision.Strength} on bar {_index}; allowed is 0.5 to 1.5"));
        if (decision.ExpectedProfit is { } profit && !double.IsFinite(profit))
            throw new InvalidOperationException(FormattableString.Invariant($"{Name} expected a profit of {profit} on bar {_index}; say null when there is none to expect"));
        return decision;
    }

    /// <summary>Writes the state.</summary>
    public void Write(SnapshotWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Section(Name, 1);
        writer.Write(_hasBar);
        writer.Write(_index);
        WriteState(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="spec">The rule with its parameters.</param>
    /// <param name="reader">The snapshot.</param>
    /// <exception cref="InvalidDataException">The snapshot is damaged, not of this rule, or was taken with other windows.</exception>
    /// <exception cref="ArgumentException">The rule is unknown or a parameter is wrong; the message says which.</exception>
    public static BarRule Read(RuleSpec spec, ref SnapshotReader reader)
    {
        var rule = RuleCatalog.Create(spec);
        reader.Section(rule.Name, 1);
        rule._hasBar = reader.ReadBoolean();
        rule._index = reader.ReadInt64();
        rule.ReadState(ref reader);
        return rule;
    }

    /// <summary>Looks at a bar: takes it into the windows, and answers with <see cref="Open"/>, <see cref="Leave"/> or <see cref="Keep"/>.</summary>
    protected abstract RuleDecision Decide(FeatureBar bar);

    /// <summary>Writes what the rule remembers between bars.</summary>
    protected abstract void WriteState(SnapshotWriter writer);

    /// <summary>Reads what <see cref="WriteState"/> wrote.</summary>
    protected abstract void ReadState(ref SnapshotReader reader);

    /// <summary>Asks to open a position, or to add to one of the same side.</summary>
    /// <param name="side">Buy for long.</param>
    /// <param name="expectedProfit">What it may gain, a fraction of the price; null when that is not known.</param>
    /// <param name="conditions">What the rule looked at.</param>
    /// <param name="strength">0.5 to 1.5; the size follows it.</param>
    protected RuleDecision Open(OrderSide side, double? expectedProfit, IReadOnlyList<Condition> conditions, double strength = StrengthDefault) =>
        new(Name, _index, side, strength, false, expectedProfit, conditions);

    /// <summary>Asks for nothing; a position is kept, and its stops with it.</summary>
    /// <param name="conditions">What the rule looked at.</param>
    protected RuleDecision Keep(IReadOnlyList<Condition> conditions) => new(Name, _index, null, 0, false, null, conditions);

    /// <summary>Asks to leave a position that this rule opened.</summary>
    /// <param name="conditions">What the rule looked at.</param>
    protected RuleDecision Leave(IReadOnlyList<Condition> conditions) => new(Name, _index, null, 0, true, null, conditions);
}
