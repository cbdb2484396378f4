namespace Granary.Grains.Interfaces.Strategies;

/// <summary>A strategy for one symbol. It answers questions about bars; it never acts, and asks no other strategy. Key: the upper-case symbol.</summary>
/// <remarks>
/// Each has an Evaluate: it takes closed bars over, ascending and without a hole between them, and answers for each. Known bars are answered from memory.
/// When the first bar lies beyond the one needed next, the answer names that one and nothing is taken, unless <see cref="BarBatch.Restart"/> is set.
/// </remarks>
[Alias("granary.IStrategyGrain")]
public interface IStrategyGrain : IKeepAlive
{
    /// <summary>
    /// The state for the journal. The symbol writes those of its strategies together with its own, all or none, so that they stand at the same bar.
    /// </summary>
    [Alias("GetSnapshot")]
    ValueTask<StrategySnapshot> GetSnapshot(BarSeries series);
}
