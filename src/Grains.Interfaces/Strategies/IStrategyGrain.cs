namespace Granary.Grains.Interfaces.Strategies;

/// <summary>A strategy for one symbol. It answers questions about bars; it never acts by itself. Key: the upper-case symbol.</summary>
[Alias("granary.IStrategyGrain")]
public interface IStrategyGrain : IKeepAlive
{
    /// <summary>
    /// Takes closed bars over, ascending and without a hole between them, and answers for the last one. Known bars are skipped. When the first bar lies
    /// beyond the one needed next, the answer names that one and nothing is taken, unless <see cref="BarBatch.Restart"/> is set.
    /// </summary>
    [Alias("Evaluate")]
    ValueTask<StrategyAnswer> Evaluate(BarBatch batch);
}
