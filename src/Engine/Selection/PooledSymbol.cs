namespace Granary.Engine.Selection;

/// <summary>A symbol that passed all filters.</summary>
/// <param name="Row">The symbol as it stood at the run.</param>
/// <param name="Rank">Its place by the last ranking filter (formulas §5.4: volume), 1 = largest; 0 when no filter ranks.</param>
/// <param name="Factor">
/// What the pool is sorted by, a finite number: the factor where there is one, the weighted mean of the places by each factor where there are several
/// (<see cref="FactorRanking"/>).
/// </param>
public sealed record PooledSymbol(SelectionRow Row, int Rank, double Factor)
{
    /// <summary>The symbol.</summary>
    public string Symbol => Row.Symbol;
}
