using Granary.Engine.Risk;

namespace Granary.Engine.Tests.Risk;

/// <summary>Limits under which a random life meets all of them; some are drawn, so that each one binds in some life.</summary>
internal static class RandomLimits
{
    public static RiskLimits Of(Random random)
    {
        decimal Around(decimal value) => value * random.Next(60, 400) / 100;
        var orders = random.Next(3, 6);
        return Default with
        {
            PositionEquityShareMax = Around(0.05m),
            DirectionEquityShareMax = Around(0.10m),
            PositionNotionalMax = Around(480),
            SymbolLimits = [new SymbolLimit { Symbol = "SOLUSDT", PositionNotionalMax = Around(300) }],
            NotionalMaxPerOrder = Around(350),
            GrossNotionalEquityMax = Around(0.14m),
            GrossNotionalMax = Around(1_390),
            NetNotionalMax = Around(850),
            LeverageMax = Around(0.12m),
            MarginLeverage = random.Next(3) == 0 ? 1 : 5,
            MaintenanceRate = random.Next(0, 50) * 0.01m,
            LiquidationDistanceMin = random.Next(0, 2),
            SymbolsPerSideMax = random.Next(1, 5),
            CorrelationGroups = [new CorrelationGroup { Name = "majors", Symbols = ["BTCUSDT", "ETHUSDT"], EquityShareMax = Around(0.07m) }],
            EntriesPerSymbolMax = random.Next(1, 5),
            OpenOrdersMax = random.Next(1, 6),
            OrdersPer10sMax = orders,
            EntryOrdersPer10sMax = random.Next(1, orders + 1),
        };
    }

    public static RiskLimits Default { get; } = new()
    {
        DailyLossMax = 1,
        DailyTotalLossMax = 1,
        LossStreakPauseAt = int.MaxValue,
        OpenOrdersMax = 4,
        PositionNotionalMax = 480,
        SymbolLimits = [new SymbolLimit { Symbol = "SOLUSDT", PositionNotionalMax = 300 }],
        GrossNotionalEquityMax = 0.14m,
        GrossNotionalMax = 1_390,
        NetNotionalMax = 850,
        SymbolsPerSideMax = 2,
        CorrelationGroups = [new CorrelationGroup { Name = "majors", Symbols = ["BTCUSDT", "ETHUSDT"], EquityShareMax = 0.07m }],
        EntriesPerSymbolMax = 3,
        EntryOrdersPer10sMax = 3,
        OrdersPer10sMax = 4,
        EntryOrdersPerMinuteMax = 10,
        OrdersPerMinuteMax = 12,
        CancelFillRatioMax = 100_000,
        DataAgeMsMax = 1000,
        DistanceFromMarkMax = 0.5m,
        SpreadShareMax = 1,
        DrawdownStopAbove = 1,
        KillSwitchTriggers = [],
    };
}
