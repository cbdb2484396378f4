using Granary.Engine.Performance;

namespace Granary.Backtest.Parity;

/// <summary>A live run laid over the backtest of the same market.</summary>
/// <param name="Pairs">Every order of either side, in the order of the decisions.</param>
/// <param name="Others">Differences of the bars and of the decisions.</param>
/// <param name="BarsCompared">Bars that both sides closed alike.</param>
/// <param name="DecisionsCompared">Wishes to enter that both sides had.</param>
/// <param name="LiveEquity">The live run's wallet by its fills, from its cash on.</param>
/// <param name="BacktestEquity">The backtest's.</param>
public sealed record Overlay(
    IReadOnlyList<OrderPair> Pairs, IReadOnlyList<OverlayDifference> Others, long BarsCompared, long DecisionsCompared,
    IReadOnlyList<EquityPoint> LiveEquity, IReadOnlyList<EquityPoint> BacktestEquity)
{
    /// <summary>Orders that both sides have.</summary>
    public int Matched => Pairs.Count(p => p.IsMatched);

    /// <summary>Orders that only the live run has.</summary>
    public int LiveOnly => Pairs.Count(p => p.Backtest is null);

    /// <summary>Orders that only the backtest has.</summary>
    public int BacktestOnly => Pairs.Count(p => p.Live is null);

    /// <summary>Every difference, of the orders first.</summary>
    public IEnumerable<OverlayDifference> Differences => Pairs.SelectMany(p => p.Differences).Concat(Others);

    /// <summary>Whether the fill model explains every difference.</summary>
    public bool IsExplained => Differences.All(d => d.Kind != DifferenceKind.Unexplained);

    /// <summary>Mean of how much worse the live fills were than the model's, a share of the price; null without any on both sides.</summary>
    public double? MeanSlippageVersusModel => Pairs.Select(p => p.SlippageVersusModel).Average();

    /// <summary>Differences of a kind.</summary>
    public int Count(DifferenceKind kind) => Differences.Count(d => d.Kind == kind);
}
