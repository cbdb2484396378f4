using Granary.Engine.Margin;

namespace Granary.Engine.Performance;

/// <summary>The risk of a live book at one moment, quote units.</summary>
/// <param name="Exposure">By side.</param>
/// <param name="Historical95">Historical tail, 95 %; null without a history.</param>
/// <param name="Historical99">Historical tail, 99 %; null without a history.</param>
/// <param name="Parametric95">Normal tail, 95 %; null with fewer than two periods.</param>
/// <param name="Parametric99">Normal tail, 99 %; null with fewer than two periods.</param>
/// <param name="MarginRatio">Maintenance margin over equity: at 1 the venue liquidates; null when equity is not above 0.</param>
/// <param name="LiquidationDistance">Share that all prices may move against the book; null without a position.</param>
/// <param name="Scenarios">Profit of every stress scenario, in the order given; negative is a loss.</param>
public sealed record PortfolioReport(
    PortfolioExposure Exposure, PortfolioTail? Historical95, PortfolioTail? Historical99, PortfolioTail? Parametric95, PortfolioTail? Parametric99,
    decimal? MarginRatio, decimal? LiquidationDistance, IReadOnlyList<(string Name, decimal Profit)> Scenarios)
{
    /// <summary>Makes the report.</summary>
    /// <param name="positions">The book; a symbol at most once.</param>
    /// <param name="history">Returns of at least the book's symbols, all of the same periods.</param>
    /// <param name="equity">Wallet plus unrealised PnL, quote units.</param>
    /// <param name="brackets">Leverage ladders by symbol.</param>
    /// <param name="maintenanceRate">Flat maintenance rate for symbols without a ladder, 0 or more, below 1.</param>
    /// <param name="scenarios">Stress scenarios.</param>
    /// <exception cref="ArgumentException">The history does not fit the book, or a scenario takes more than a whole price.</exception>
    public static PortfolioReport Of(
        IReadOnlyList<PortfolioPosition> positions, IReadOnlyList<PortfolioReturns> history, decimal equity,
        IReadOnlyDictionary<string, LeverageBrackets> brackets, decimal maintenanceRate, IReadOnlyList<PortfolioScenario> scenarios)
    {
        var exposure = PortfolioExposure.Of(positions);
        var profits = PortfolioRisk.Profits(positions, history);
        var maintenance = 0m;
        foreach (var position in positions)
        {
            var notional = Math.Abs(position.Notional);
            maintenance += brackets.TryGetValue(position.Symbol, out var ladder) ? ladder.Maintenance(notional) : notional * maintenanceRate;
        }
        return new PortfolioReport(
            exposure, PortfolioRisk.Historical(profits, PortfolioTailLevel.P95), PortfolioRisk.Historical(profits, PortfolioTailLevel.P99),
            PortfolioRisk.Parametric(profits, PortfolioTailLevel.P95), PortfolioRisk.Parametric(profits, PortfolioTailLevel.P99),
            MarginMath.Ratio(maintenance, equity), MarginMath.LiquidationDistance(equity, maintenance, exposure.Gross),
            [.. scenarios.Select(scenario => (scenario.Name, scenario.Profit(positions)))]);
    }
}
