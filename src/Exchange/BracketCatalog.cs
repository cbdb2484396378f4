using Granary.Exchange.Contracts;

namespace Granary.Exchange;

/// <summary>Leverage brackets of the symbols that the exchange lists unless it is told otherwise; values as the venue published them in May 2026.</summary>
public static class BracketCatalog
{
    /// <summary>Upper-case symbol to brackets, lowest notional first.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<LeverageBracket>> Defaults { get; } =
        new Dictionary<string, IReadOnlyList<LeverageBracket>>(StringComparer.Ordinal)
        {
            ["BTCUSDT"] = Table(
                (150, 300_000m, 0.004m), (100, 800_000m, 0.005m), (75, 3_000_000m, 0.0065m), (50, 12_000_000m, 0.01m), (25, 70_000_000m, 0.02m),
                (20, 100_000_000m, 0.025m), (10, 230_000_000m, 0.05m), (5, 480_000_000m, 0.1m), (4, 600_000_000m, 0.125m), (3, 800_000_000m, 0.15m),
                (2, 1_200_000_000m, 0.25m), (1, 1_800_000_000m, 0.5m)),
            ["ETHUSDT"] = Table(
                (150, 300_000m, 0.004m), (100, 800_000m, 0.005m), (75, 3_000_000m, 0.0065m), (50, 12_000_000m, 0.01m), (25, 50_000_000m, 0.02m),
                (20, 65_000_000m, 0.025m), (10, 150_000_000m, 0.05m), (5, 320_000_000m, 0.1m), (4, 400_000_000m, 0.125m), (3, 530_000_000m, 0.15m),
                (2, 800_000_000m, 0.25m), (1, 1_200_000_000m, 0.5m)),
            ["SOLUSDT"] = Table(
                (100, 50_000m, 0.005m), (75, 400_000m, 0.0065m), (50, 1_000_000m, 0.01m), (25, 4_000_000m, 0.02m), (20, 8_000_000m, 0.025m),
                (10, 40_000_000m, 0.05m), (5, 80_000_000m, 0.1m), (4, 100_000_000m, 0.125m), (2, 200_000_000m, 0.25m), (1, 400_000_000m, 0.5m)),
        };

    /// <summary>One bracket without a practical cap, for symbols without a table of their own.</summary>
    /// <param name="maintenanceRate">Maintenance margin as a fraction of the notional.</param>
    public static IReadOnlyList<LeverageBracket> Flat(decimal maintenanceRate) => [new LeverageBracket(1, 125, 0, 1_000_000_000_000m, maintenanceRate, 0)];

    /// <summary>Brackets from leverage, cap and maintenance rate of each; floors and maintenance amounts follow.</summary>
    internal static IReadOnlyList<LeverageBracket> Table(params ReadOnlySpan<(int Leverage, decimal Cap, decimal Rate)> rows)
    {
        var result = new LeverageBracket[rows.Length];
        decimal floor = 0, rate = rows[0].Rate, cum = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            cum += floor * (rows[i].Rate - rate);
            rate = rows[i].Rate;
            result[i] = new LeverageBracket(i + 1, rows[i].Leverage, floor, rows[i].Cap, rate, cum);
            floor = rows[i].Cap;
        }
        return result;
    }
}
