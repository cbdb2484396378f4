using Granary.Engine.Risk;

namespace Granary.Engine.Tests.Risk;

public sealed class RiskLimitsTests
{
    private static readonly CorrelationGroup Majors = new() { Name = "majors", Symbols = ["BTCUSDT"], EquityShareMax = 1 };
    private static readonly KillSwitchTrigger Trigger = new() { Name = "dd", Kind = IncidentKind.Drawdown, Threshold = 1, Action = StopAction.Halt };

    public static TheoryData<string, decimal, bool> Bounds => new()
    {
        { nameof(RiskLimits.PositionNotionalMax), 0, false },
        { nameof(RiskLimits.PositionNotionalMax), 0.01m, true },
        { nameof(RiskLimits.GrossNotionalMax), 0, false },
        { nameof(RiskLimits.NetNotionalMax), 0, false },
        { nameof(RiskLimits.SymbolLeverageMax), 0.9m, false },
        { nameof(RiskLimits.SymbolLeverageMax), 125, true },
        { nameof(RiskLimits.SymbolLeverageMax), 126, false },
        { nameof(RiskLimits.SymbolsPerSideMax), 0, false },
        { nameof(RiskLimits.SymbolsPerSideMax), 1024, true },
        { nameof(RiskLimits.SymbolsPerSideMax), 1025, false },
        { nameof(RiskLimits.MaintenanceRate), -0.1m, false },
        { nameof(RiskLimits.MaintenanceRate), 0, true },
        { nameof(RiskLimits.MaintenanceRate), 0.51m, false },
        { nameof(RiskLimits.LiquidationDistanceMin), 0, true },
        { nameof(RiskLimits.LiquidationDistanceMin), 1.01m, false },
        { nameof(RiskLimits.MakerFeeRate), -0.01m, true },
        { nameof(RiskLimits.MakerFeeRate), 0.011m, false },
        { nameof(RiskLimits.ProfitToFeesMin), 0, true },
        { nameof(RiskLimits.ProfitToFeesMin), -1, false },
        { nameof(RiskLimits.EntryOrdersPer10sMax), 0, false },
        { nameof(RiskLimits.EntryOrdersPer10sMax), 300, true },
        { nameof(RiskLimits.EntryOrdersPer10sMax), 301, false },
        { nameof(RiskLimits.OrdersPer10sMax), 10_000, true },
        { nameof(RiskLimits.OrdersPer10sMax), 10_001, false },
        { nameof(RiskLimits.EntryOrdersPerMinuteMax), 1_201, false },
        { nameof(RiskLimits.OrdersPerMinuteMax), 10_001, false },
        { nameof(RiskLimits.CancelFillRatioMax), 0, false },
        { nameof(RiskLimits.CancelCountMin), 0, false },
        { nameof(RiskLimits.CancelCountMin), 4_097, false },
        { nameof(RiskLimits.CancelFillWindowMs), 999, false },
        { nameof(RiskLimits.DailyTotalLossMax), 0, false },
        { nameof(RiskLimits.DailyTotalLossMax), 1, true },
        { nameof(RiskLimits.ClockSkewMsMax), 0, false },
        { nameof(RiskLimits.SpreadShareMax), 0, false },
        { nameof(RiskLimits.SpreadShareMax), 1, true },
        { nameof(RiskLimits.TradeIntensityShareMin), 0, true },
        { nameof(RiskLimits.TradeIntensityShareMin), 1.1m, false },
        { nameof(RiskLimits.CrossMarketFlowMax), -0.1m, false },
        { nameof(RiskLimits.CrossMarketFlowMax), 0, true },
        { nameof(RiskLimits.StopPriceShare), 0, false },
        { nameof(RiskLimits.StopPriceShare), 0.99m, true },
        { nameof(RiskLimits.StopPriceShare), 1, false },
        { nameof(RiskLimits.DrawdownStopAbove), 0.079m, false },
        { nameof(RiskLimits.DrawdownStopAbove), 0.08m, true },
        { nameof(RiskLimits.DrawdownStopAbove), 1.1m, false },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void A_limit_is_checked_against_its_range_by_name(string name, decimal value, bool isValid)
    {
        var limits = new RiskLimits();
        var property = typeof(RiskLimits).GetProperty(name)!;
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        property.SetValue(limits, Convert.ChangeType(value, type, System.Globalization.CultureInfo.InvariantCulture));
        if (isValid) limits.Validate();
        else Should.Throw<ArgumentException>(limits.Validate).ParamName.ShouldBe(name);
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

    private static string Wrong(RiskLimits limits) => Should.Throw<ArgumentException>(limits.Validate).Message;
}
