namespace Granary.Engine.Selection;

/// <summary>
/// The order of a pool by its factors. One factor orders by its value, ascending or descending. Several have no common unit, so each gives every symbol its
/// place in its own order, and the pool is sorted by the mean of the places, weighted with <see cref="FactorSpec.Weight"/>. Ties, of places and of means,
/// are broken by symbol, ordinal.
/// </summary>
public static class FactorRanking
{
    /// <summary>Sorts a pool: its head is to be sold, its tail to be bought.</summary>
    /// <param name="pool">Symbols whose factors all have finite values; sorted in place, <see cref="PooledSymbol.Factor"/> filled in.</param>
    /// <param name="factors">The factors, one or more.</param>
    public static void Sort(List<PooledSymbol> pool, IReadOnlyList<FactorSpec> factors)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(factors);
        if (factors.Count == 1)
        {
            for (var i = 0; i < pool.Count; i++) pool[i] = pool[i] with { Factor = pool[i].Row.Factors[0]!.Value };
            pool.Sort((a, b) => Compare(a, b, factors[0].Ascending));
            return;
        }
        var sums = new Dictionary<string, decimal>(pool.Count, StringComparer.Ordinal);
        for (var f = 0; f < factors.Count; f++)
        {
            var own = pool.ConvertAll(symbol => symbol with { Factor = symbol.Row.Factors[f]!.Value });
            own.Sort((a, b) => Compare(a, b, factors[f].Ascending));
            for (var place = 0; place < own.Count; place++)
                sums[own[place].Symbol] = sums.GetValueOrDefault(own[place].Symbol) + (factors[f].Weight * (place + 1));
        }
        var weights = factors.Sum(factor => factor.Weight);
        for (var i = 0; i < pool.Count; i++) pool[i] = pool[i] with { Factor = (double)(sums[pool[i].Symbol] / weights) };
        pool.Sort((a, b) => Compare(a, b, isAscending: true));
    }

    private static int Compare(PooledSymbol a, PooledSymbol b, bool isAscending)
    {
        var order = a.Factor.CompareTo(b.Factor);
        if (order == 0) return string.CompareOrdinal(a.Symbol, b.Symbol);
        return isAscending ? order : -order;
    }
}
