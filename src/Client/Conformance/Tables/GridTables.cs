using Granary.Engine.Grid;
using Granary.Engine.Market;

namespace Granary.Client.Conformance.Tables;

/// <summary>Levels, quantities and leverages of long maker grids (formulas §11.2), one grid after the other in the order of the input's rows.</summary>
/// <param name="source">Parameters and inputs.</param>
public sealed class GridTables(ConformanceSource source) : IConformanceFamily
{
    private static readonly CsvColumn<Level>[] LevelColumns =
    [
        new("level", at => at.Index),
        new("price", at => (double)at.Price),
        new("take_profit", at => (double)at.TakeProfit),
        new("notional", at => (double)at.Notional),
        new("quantity", at => (double)at.Quantity),
        new("leverage_to_bottom", at => (double?)at.Leverage),
    ];

    private static readonly CsvColumn<Case>[] SummaryColumns =
    [
        new("recent_high", at => at.RecentHigh),
        new("equity", at => at.Equity),
        new("step_ratio", at => at.Levels.StepRatio),
        new("order_fraction", at => at.OrderFraction),
        new("maintenance_margin_rate", at => at.MaintenanceRate),
        new("top", at => at.Levels.Range.Top),
        new("bottom", at => at.Levels.Range.Bottom),
        new("levels", at => at.Levels.Count),
    ];

    /// <inheritdoc/>
    public string Name => "grid";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTable> Tables() =>
    [
        new(Name, csv => csv.Write(Cases().SelectMany(LevelsOf), LevelColumns)),
        new("grid_summary", csv => csv.Write(Cases(), SummaryColumns)),
    ];

    private static IEnumerable<Level> LevelsOf(Case at)
    {
        var (levels, notional) = (at.Levels, GridLevels.Notional(at.Equity, at.OrderFraction));
        for (var i = 0; i < levels.Count; i++)
        {
            var price = levels.Price(i);
            var leverage = GridLeverage.ToBoundary(GridSide.Long, price, levels.Range.Boundary, at.MaintenanceRate);
            yield return new Level(i, price, levels.TakeProfit(i), notional, notional / price, leverage);
        }
    }

    private IEnumerable<Case> Cases()
    {
        using var table = source.Inputs.Open(Name);
        foreach (var row in table.Rows())
        {
            var high = Within(row, "recent_high", value => value > 0 && value <= Fixed8.ToDecimal(Fixed8.Max), "a price above 0");
            var step = Within(row, "step_ratio", value => value is > 0 and <= 1, "a number above 0, at most 1");
            var equity = Within(row, "equity", value => value >= 0, "0 or more");
            var fraction = Within(row, "order_fraction", value => value is >= 0 and <= 1, "a number from 0 to 1");
            var rate = Within(row, "maintenance_margin_rate", value => value is >= 0 and < 1, "a number from 0, below 1");
            yield return new Case(high, equity, fraction, rate, Levels(row, high, step));
        }
    }

    private static GridLevels Levels(CsvRow row, decimal high, decimal step)
    {
        try
        {
            return new GridLevels(GridRange.Long(high), step);
        }
        catch (ArgumentException)
        {
            throw row.Wrong("step_ratio", $"a step of at most {GridLevels.CountMax} levels");
        }
    }

    private static decimal Within(CsvRow row, string column, Predicate<decimal> isRight, string expected) =>
        row.Decimal(column) is var value && isRight(value) ? value : throw row.Wrong(column, expected);

    private sealed record Level(int Index, decimal Price, decimal TakeProfit, decimal Notional, decimal Quantity, decimal? Leverage);

    private sealed record Case(decimal RecentHigh, decimal Equity, decimal OrderFraction, decimal MaintenanceRate, GridLevels Levels);
}
