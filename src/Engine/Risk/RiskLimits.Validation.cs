namespace Granary.Engine.Risk;

/// <content>The range of every limit.</content>
public sealed partial record RiskLimits
{
    private const decimal NotionalMax = 1_000_000_000_000m;
    private const int EntriesMax = 1_000;

    /// <summary>Checks every limit against its range.</summary>
    /// <exception cref="ArgumentException">A limit is out of range; the message names it, its value and the range.</exception>
    public void Validate()
    {
        if (MarginAsset.Length == 0) throw new ArgumentException("MarginAsset was empty, expected an asset such as USDT", nameof(MarginAsset));
        Above(RiskPerTrade, 0.1m, nameof(RiskPerTrade));
        Kelly.Validate();
        ValidateExposure();
        ValidatePace();
        ValidateMarket();
        ValidateLosses();
        ValidateLists();
    }

    private void ValidateExposure()
    {
        Above(PositionEquityShareMax, 100, nameof(PositionEquityShareMax));
        Above(DirectionEquityShareMax, 100, nameof(DirectionEquityShareMax));
        Above(PositionNotionalMax, NotionalMax, nameof(PositionNotionalMax));
        Within(SymbolLeverageMax, 1, 125, nameof(SymbolLeverageMax));
        Within(SymbolsPerSideMax, 1, ExposureBook.SymbolsMax, nameof(SymbolsPerSideMax));
        Above(NotionalMaxPerOrder, NotionalMax, nameof(NotionalMaxPerOrder));
        Above(GrossNotionalEquityMax, 125, nameof(GrossNotionalEquityMax));
        Above(GrossNotionalMax, NotionalMax, nameof(GrossNotionalMax));
        Above(NetNotionalMax, NotionalMax, nameof(NetNotionalMax));
        Above(LeverageMax, 125, nameof(LeverageMax));
        Within(MarginLeverage, 1, 125, nameof(MarginLeverage));
        Within(MaintenanceRate, 0, 0.5m, nameof(MaintenanceRate));
        Within(LiquidationDistanceMin, 0, 1, nameof(LiquidationDistanceMin));
        Within(MakerFeeRate, -0.01m, 0.01m, nameof(MakerFeeRate));
        Within(TakerFeeRate, 0, 0.01m, nameof(TakerFeeRate));
        Within(ProfitToFeesMin, 0, 1_000, nameof(ProfitToFeesMin));
        Within(EntriesPerSymbolMax, 1, 100, nameof(EntriesPerSymbolMax));
    }

    private void ValidatePace()
    {
        Within(OpenOrdersMax, 1, 1_000, nameof(OpenOrdersMax));
        Within(OrdersPer10sMax, 1, OrderPace.CountMax, nameof(OrdersPer10sMax));
        Within(EntryOrdersPer10sMax, 1, OrdersPer10sMax, nameof(EntryOrdersPer10sMax));
        Within(OrdersPerMinuteMax, 1, OrderPace.CountMax, nameof(OrdersPerMinuteMax));
        Within(EntryOrdersPerMinuteMax, 1, OrdersPerMinuteMax, nameof(EntryOrdersPerMinuteMax));
        Above(CancelFillRatioMax, 100_000, nameof(CancelFillRatioMax));
        Within(CancelCountMin, 1, CancelFillRule.OrdersMax, nameof(CancelCountMin));
        Within(CancelFillWindowMs, 1_000, DayLossRule.DayMs, nameof(CancelFillWindowMs));
    }

    private void ValidateMarket()
    {
        Above(DistanceFromMarkMax, 1, nameof(DistanceFromMarkMax));
        Within(DataAgeMsMax, 1, 600_000, nameof(DataAgeMsMax));
        Within(ClockSkewMsMax, 1, 60_000, nameof(ClockSkewMsMax));
        Above(SpreadShareMax, 1, nameof(SpreadShareMax));
        Share(TradeIntensityShareMin, nameof(TradeIntensityShareMin));
        if (CrossMarketFlowMax is { } flow) Share(flow, nameof(CrossMarketFlowMax));
    }

    private void ValidateLosses()
    {
        Above(DailyLossMax, 1, nameof(DailyLossMax));
        Above(DailyTotalLossMax, 1, nameof(DailyTotalLossMax));
        Within(LossStreakHalfAt, 1, int.MaxValue, nameof(LossStreakHalfAt));
        Within(LossStreakPauseAt, 1, int.MaxValue, nameof(LossStreakPauseAt));
        Within(LossPauseMs, 0, 365 * 86_400_000L, nameof(LossPauseMs));
        Above(DrawdownReduceAbove, 1, nameof(DrawdownReduceAbove));
        Within(DrawdownRestoreAt, 0, DrawdownReduceAbove, nameof(DrawdownRestoreAt));
        Above(DrawdownStopAbove, 1, nameof(DrawdownStopAbove));
        if (DrawdownStopAbove < DrawdownReduceAbove)
        {
            throw new ArgumentException(
                $"the hard stop DrawdownStopAbove was {Number.Text(DrawdownStopAbove)}, expected DrawdownReduceAbove "
                + $"({Number.Text(DrawdownReduceAbove)}) or more", nameof(DrawdownStopAbove));
        }
    }

    private void ValidateLists()
    {
        Unique(SymbolLimits, limit => limit.Symbol, EntriesMax, nameof(SymbolLimits));
        foreach (var limit in SymbolLimits) Above(limit.PositionNotionalMax, NotionalMax, $"{nameof(SymbolLimits)} of {limit.Symbol}: PositionNotionalMax");
        Unique(CorrelationGroups, group => group.Name, EntriesMax, nameof(CorrelationGroups));
        foreach (var group in CorrelationGroups)
        {
            var name = $"{nameof(CorrelationGroups)} {group.Name}:";
            Above(group.EquityShareMax, 100, $"{name} EquityShareMax");
            Within(group.Symbols.Count, 1, ExposureBook.SymbolsMax, $"{name} Symbols");
            Unique(group.Symbols, symbol => symbol, ExposureBook.SymbolsMax, $"{name} Symbols");
        }
        Unique(MaintenanceWindows, window => window.Name, EntriesMax, nameof(MaintenanceWindows));
        foreach (var window in MaintenanceWindows)
        {
            if (window.EndMs <= window.StartMs)
            {
                throw new ArgumentException(
                    $"{nameof(MaintenanceWindows)} {window.Name}: EndMs was {window.EndMs}, expected above StartMs ({window.StartMs})",
                    nameof(MaintenanceWindows));
            }
        }
        Unique(KillSwitchTriggers, trigger => trigger.Name, 64, nameof(KillSwitchTriggers));
        foreach (var trigger in KillSwitchTriggers)
        {
            var name = $"{nameof(KillSwitchTriggers)} {trigger.Name}:";
            Within(trigger.Threshold, 0, NotionalMax, $"{name} Threshold");
            OneOf(trigger.Kind, $"{name} Kind");
            OneOf(trigger.Action, $"{name} Action");
        }
    }

    private static void Unique<T>(IReadOnlyList<T> entries, Func<T, string> nameOf, int max, string list)
    {
        if (entries.Count > max) throw new ArgumentException($"{list} was {entries.Count} entries long, expected at most {max}", list);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (nameOf(entry).Length == 0) throw new ArgumentException($"{list} has an entry without a name", list);
            if (!names.Add(nameOf(entry))) throw new ArgumentException($"{list} has {nameOf(entry)} twice", list);
        }
    }

    private static void Above(decimal value, decimal max, string name)
    {
        if (value <= 0 || value > max) throw new ArgumentException($"{name} was {Number.Text(value)}, expected above 0 to {Number.Text(max)}", name);
    }

    private static void Within(decimal value, decimal min, decimal max, string name)
    {
        if (value < min || value > max)
            throw new ArgumentException($"{name} was {Number.Text(value)}, expected {Number.Text(min)} to {Number.Text(max)}", name);
    }

    private static void OneOf<T>(T value, string name)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value)) throw new ArgumentException($"{name} was {value}, expected one of {string.Join(", ", Enum.GetNames<T>())}", name);
    }

    private static void Share(double value, string name)
    {
        if (!(value is >= 0 and <= 1)) throw new ArgumentException(FormattableString.Invariant($"{name} was {value}, expected 0 to 1"), name);
    }
}
