namespace Granary.Engine.Selection;

/// <summary>A symbol that passed all filters.</summary>
/// <param name="Row">The symbol as it stood at the run.</param>
/// <param name="Rank">Its place by the last ranking filter (formulas §5.4: volume), 1 = largest; 0 when no filter ranks.</param>
public sealed record PooledSymbol(SelectionRow Row, int Rank)
{
    /// <summary>The symbol.</summary>
    public string Symbol => Row.Symbol;

    /// <summary>Its factor, a finite number.</summary>
    public double Factor => Row.Factor!.Value;
}
