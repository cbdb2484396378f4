using Granary.Engine.Risk;

namespace Granary.Engine.Tests.Risk;

public sealed class RiskLimitsTests
{
    private static readonly CorrelationGroup Majors = new() { Name = "majors", Symbols = ["BTCUSDT"], EquityShareMax = 1 };
    private static readonly KillSwitchTrigger Trigger = new() { Name = "dd", Kind = IncidentKind.Drawdown, Threshold = 1, Action = StopAction.Halt };

    // Limit, smallest right value, whether it is right itself (0 is not, where the range is "above 0"), largest right value.
    public static TheoryData<string, decimal, bool, decimal> Ranges => new()
    {
        { nameof(RiskLimits.RiskPerTrade), 0, false, 0.1m },
        { nameof(RiskLimits.PositionEquityShareMax), 0, false, 100 },
        { nameof(RiskLimits.DirectionEquityShareMax), 0, false, 100 },
        { nameof(RiskLimits.PositionNotionalMax), 0, false, 1_000_000_000_000 },
        { nameof(RiskLimits.SymbolLeverageMax), 1, true, 125 },
        { nameof(RiskLimits.SymbolsPerSideMax), 1, true, 1_024 },
        { nameof(RiskLimits.NotionalMaxPerOrder), 0, false, 1_000_000_000_000 },
        { nameof(RiskLimits.GrossNotionalEquityMax), 0, false, 125 },
        { nameof(RiskLimits.GrossNotionalMax), 0, false, 1_000_000_000_000 },
        { nameof(RiskLimits.NetNotionalMax), 0, false, 1_000_000_000_000 },
        { nameof(RiskLimits.LeverageMax), 0, false, 125 },
        { nameof(RiskLimits.MarginLeverage), 1, true, 125 },
        { nameof(RiskLimits.MaintenanceRate), 0, true, 0.5m },
        { nameof(RiskLimits.LiquidationDistanceMin), 0, true, 1 },
        { nameof(RiskLimits.MakerFeeRate), -0.01m, true, 0.01m },
        { nameof(RiskLimits.TakerFeeRate), 0, true, 0.01m },
        { nameof(RiskLimits.ProfitToFeesMin), 0, true, 1_000 },
        { nameof(RiskLimits.OpenOrdersMax), 1, true, 1_000 },
        { nameof(RiskLimits.EntryOrdersPer10sMax), 1, true, 300 },
        { nameof(RiskLimits.OrdersPer10sMax), 200, true, 10_000 },
        { nameof(RiskLimits.EntryOrdersPerMinuteMax), 1, true, 1_200 },
        { nameof(RiskLimits.OrdersPerMinuteMax), 900, true, 10_000 },
        { nameof(RiskLimits.CancelFillRatioMax), 0, false, 100_000 },
        { nameof(RiskLimits.CancelCountMin), 1, true, 4_096 },
        { nameof(RiskLimits.CancelFillWindowMs), 1_000, true, 86_400_000 },
        { nameof(RiskLimits.DistanceFromMarkMax), 0, false, 1 },
        { nameof(RiskLimits.DailyLossMax), 0, false, 1 },
        { nameof(RiskLimits.DailyTotalLossMax), 0, false, 1 },
        { nameof(RiskLimits.DataAgeMsMax), 1, true, 600_000 },
        { nameof(RiskLimits.ClockSkewMsMax), 1, true, 60_000 },
        { nameof(RiskLimits.SpreadShareMax), 0, false, 1 },
        { nameof(RiskLimits.TradeIntensityShareMin), 0, true, 1 },
        { nameof(RiskLimits.CrossMarketFlowMax), 0, true, 1 },
        { nameof(RiskLimits.EntriesPerSymbolMax), 1, true, 100 },
        { nameof(RiskLimits.LossStreakHalfAt), 1, true, int.MaxValue },
        { nameof(RiskLimits.LossStreakPauseAt), 1, true, int.MaxValue },
        { nameof(RiskLimits.LossPauseMs), 0, true, 365 * 86_400_000L },
        { nameof(RiskLimits.DrawdownRestoreAt), 0, true, 0.08m },
        { nameof(RiskLimits.DrawdownReduceAbove), 0.04m, true, 0.15m },
        { nameof(RiskLimits.DrawdownStopAbove), 0.08m, true, 1 },
    };

    [Theory]
    [MemberData(nameof(Ranges))]
    public void A_limit_is_right_from_its_smallest_to_its_largest_value_and_named_beyond(string name, decimal min, bool isMinRight, decimal max)
    {
        var step = typeof(RiskLimits).GetProperty(name)!.PropertyType is { } type && (type == typeof(int) || type == typeof(long)) ? 1 : 0.000_000_1m;
        With(name, max).Validate();
        With(name, isMinRight ? min : min + step).Validate();
        if (max < int.MaxValue || step != 1) Wrong(With(name, max + step)).ShouldContain(name);
        var named = name == nameof(RiskLimits.DrawdownReduceAbove) ? nameof(RiskLimits.DrawdownRestoreAt) : name;
        Wrong(With(name, isMinRight ? min - step : min)).ShouldContain(named);
    }

    [Fact]
    public void Every_number_among_the_limits_has_its_range_tested()
    {
        var tested = Ranges.Select(row => (string)row[0]);
        typeof(RiskLimits).GetProperties().Where(p => (Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType).IsPrimitive || p.PropertyType == typeof(decimal))
            .Select(p => p.Name).Except(tested).ShouldBeEmpty();
    }

    [Fact]
    public void Limits_that_depend_on_each_other_are_named()
    {
        Wrong(new RiskLimits { DrawdownReduceAbove = 0.16m }).ShouldContain("the hard stop DrawdownStopAbove was 0.15, expected DrawdownReduceAbove (0.16)");
        Wrong(new RiskLimits { MarginAsset = "" }).ShouldContain("MarginAsset");
        Should.Throw<ArgumentException>(new RiskLimits { DailyLossMax = 2 }.Validate).Message.ShouldContain("DailyLossMax was 2, expected above 0 to 1");
        Should.Throw<ArgumentException>(new RiskLimits { CancelCountMin = 0 }.Validate).ParamName.ShouldBe("CancelCountMin");
        Should.Throw<ArgumentException>(new RiskLimits { TradeIntensityShareMin = double.NaN }.Validate).ParamName.ShouldBe("TradeIntensityShareMin");
    }

    [Fact]
    public void Lists_may_be_as_long_as_they_say()
    {
        SymbolLimit Own(int i) => new() { Symbol = $"S{i}", PositionNotionalMax = 1_000_000_000_000 };
        new RiskLimits { SymbolLimits = [.. Enumerable.Range(0, 1_000).Select(Own)] }.Validate();
        Wrong(new RiskLimits { SymbolLimits = [.. Enumerable.Range(0, 1_001).Select(Own)] }).ShouldContain("SymbolLimits was 1001 entries long, expected at most 1000");
        string[] names = [.. Enumerable.Range(0, 1_025).Select(i => $"S{i}")];
        new RiskLimits { CorrelationGroups = [Majors with { Symbols = names[1..], EquityShareMax = 100 }] }.Validate();
        Wrong(new RiskLimits { CorrelationGroups = [Majors with { Symbols = names }] }).ShouldContain("majors: Symbols was 1025, expected 1 to 1024");
        Wrong(new RiskLimits { CorrelationGroups = [Majors with { Symbols = [""] }] }).ShouldContain("Symbols has an entry without a name");
        Wrong(new RiskLimits { CorrelationGroups = [Majors with { EquityShareMax = 100.1m }] }).ShouldContain("EquityShareMax was 100.1");
        new RiskLimits { KillSwitchTriggers = [.. Enumerable.Range(0, 64).Select(i => Trigger with { Name = $"t{i}", Threshold = 0 })] }.Validate();
        Wrong(new RiskLimits { MaintenanceWindows = [new MaintenanceWindow { Name = "w", StartMs = 5, EndMs = 4 }] }).ShouldContain("EndMs was 4");
        new RiskLimits { MaintenanceWindows = [new MaintenanceWindow { Name = "w", StartMs = 5, EndMs = 6 }] }.Validate();
        Wrong(new RiskLimits { MaintenanceWindows = [new MaintenanceWindow { StartMs = 5, EndMs = 6 }] }).ShouldContain("MaintenanceWindows has an entry without a name");
    }

    [Fact]
    public void Lists_are_checked_by_entry()
    {
        Wrong(new RiskLimits { SymbolLimits = [new SymbolLimit { Symbol = "BTCUSDT" }] }).ShouldContain("SymbolLimits of BTCUSDT: PositionNotionalMax was 0");
        Wrong(new RiskLimits { SymbolLimits = [new SymbolLimit { PositionNotionalMax = 1 }] }).ShouldContain("SymbolLimits has an entry without a name");
        Wrong(new RiskLimits { CorrelationGroups = [Majors, Majors] }).ShouldContain("CorrelationGroups has majors twice");
        Wrong(new RiskLimits { CorrelationGroups = [Majors with { Symbols = [] }] }).ShouldContain("CorrelationGroups majors: Symbols was 0, expected 1");
        Wrong(new RiskLimits { CorrelationGroups = [Majors with { Symbols = ["A", "A"] }] }).ShouldContain("Symbols has A twice");
        Wrong(new RiskLimits { CorrelationGroups = [Majors with { EquityShareMax = 0 }] }).ShouldContain("majors: EquityShareMax was 0");
        var window = new MaintenanceWindow { Name = "w", StartMs = 5, EndMs = 5 };
        Wrong(new RiskLimits { MaintenanceWindows = [window] }).ShouldContain("w: EndMs was 5, expected above");
        Wrong(new RiskLimits { KillSwitchTriggers = [Trigger with { Threshold = -1 }] }).ShouldContain("KillSwitchTriggers dd: Threshold was -1");
        Wrong(new RiskLimits { KillSwitchTriggers = [Trigger with { Kind = 0 }] }).ShouldContain("dd: Kind was 0, expected one of UnknownOrder");
        Wrong(new RiskLimits { KillSwitchTriggers = [Trigger with { Action = (StopAction)9 }] }).ShouldContain("dd: Action was 9, expected one of None");
        var many = Enumerable.Range(0, 65).Select(i => Trigger with { Name = $"t{i}" }).ToArray();
        Wrong(new RiskLimits { KillSwitchTriggers = many }).ShouldContain("expected at most 64");
        Wrong(new RiskLimits { Kelly = new Engine.Sizing.KellyOptions { Window = 0 } }).ShouldContain("Window was 0");
        new RiskLimits { CorrelationGroups = [Majors], KillSwitchTriggers = [Trigger, Trigger with { Name = "deeper", Threshold = 2 }] }.Validate();
    }

    private static RiskLimits With(string name, decimal value)
    {
        var limits = new RiskLimits();
        var property = typeof(RiskLimits).GetProperty(name)!;
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        property.SetValue(limits, Convert.ChangeType(value, type, System.Globalization.CultureInfo.InvariantCulture));
        return limits;
    }

    private static string Wrong(RiskLimits limits) => Should.Throw<ArgumentException>(limits.Validate).Message;
}
