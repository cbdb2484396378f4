namespace Granary.Backtest.Search;

/// <summary>How the next configurations are chosen.</summary>
public enum SearchMethod
{
    /// <summary>All combinations, in order.</summary>
    Grid,

    /// <summary>Combinations at random, none twice.</summary>
    Random,

    /// <summary>At random first, then where good ones were more frequent than others (tree-structured Parzen estimator).</summary>
    Tpe,
}
