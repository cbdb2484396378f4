using System.Globalization;
using Granary.Client.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Views;

/// <summary>The risk of one account.</summary>
public static class RiskView
{
    /// <summary>Draws it.</summary>
    public static IRenderable Render(RiskBody r) => new Rows(
        Head(r), TailTable(r), ScenarioTable(r.Scenarios), LimitTable(r.Limits), SymbolTable(r.Symbols));

    private static Rows Head(RiskBody r)
    {
        var reason = r.StateReason.Length > 0 ? $": {Format.Text(r.StateReason)}" : "";
        var stop = r.Stop is "" or "None" ? "none" : $"[red]{Format.Text(r.Stop)}[/] of the {Format.Text(r.StopScope.ToLowerInvariant())}{(r.IsFlattening ? ", positions are being closed" : "")}";
        return new Rows(
            new Markup($"[bold]{Format.Text(r.Account)}[/] {Format.State(r.State)}{reason}"),
            TableMaker.Pairs(
                ("stop", stop),
                ("equity", r.Equity is { } equity ? Format.Money(equity) : "-"),
                ("long / short / reserved", $"{Format.Money(r.LongNotional)} / {Format.Money(r.ShortNotional)} / {Format.Money(r.ReservedNotional)}"),
                ("margin ratio", Share(r.MarginRatio)),
                ("prices to liquidation", Share(r.LiquidationDistance)),
                ("loss of the day", Share(r.DayLossRatio) + Until(" until ", r.HaltedUntilMs)),
                ("drawdown of 7 days", Share(r.Drawdown) + (r.IsDrawdownStopped ? " [red]stops entries[/]" : "")),
                ("losses in a row", Format.Count(r.LossStreak) + Until(", paused until ", r.PausedUntilMs)),
                ("size of the next entry", Share(r.SizeMultiplier)),
                ("fees maker / taker", $"{Share(r.MakerFeeRate)} / {Share(r.TakerFeeRate)}")));
    }

    private static IRenderable TailTable(RiskBody r)
    {
        var table = TableMaker.Create($"Loss in {Format.Count(r.PeriodMinutes)} min", ">Confidence", ">Value at risk", ">Shortfall");
        foreach (var tail in r.Tails)
        {
            table.AddRow(
                Format.Text(tail.Method), Percent(tail.Confidence), Format.Money(Decimal(tail.ValueAtRisk)), Format.Money(Decimal(tail.ExpectedShortfall)));
        }
        return r.Tails.Count == 0
            ? new Markup($"[grey]value at risk: none yet from {Returns(r)}; 95 % needs 20[/]")
            : new Rows(table, new Markup($"[grey]from {Returns(r)}[/]"));
    }

    private static string Returns(RiskBody r) => $"{Format.Count(r.Periods)} {(r.Periods == 1 ? "return" : "returns")} of {Format.Count(r.PeriodMinutes)} min";

    private static Table ScenarioTable(IReadOnlyList<RiskScenarioBody> scenarios)
    {
        var table = TableMaker.Create("Scenario", ">Profit");
        foreach (var scenario in scenarios) table.AddRow(Format.Text(scenario.Name), Format.Signed(scenario.Profit));
        return table;
    }

    private static Table LimitTable(IReadOnlyList<RiskLimitBody> limits)
    {
        var table = TableMaker.Create("Limit", ">Used", ">Max", ">Share");
        foreach (var limit in limits)
        {
            var share = limit.Max == 0 ? 0 : limit.Used / limit.Max;
            var colour = share switch { >= 1 => "red", >= 0.8m => "yellow", _ => "default" };
            table.AddRow(Format.Text(limit.Name), Limit(limit.Used), Limit(limit.Max), $"[{colour}]{share.ToString("0.0%", CultureInfo.InvariantCulture)}[/]");
        }
        return table;
    }

    private static Table SymbolTable(IReadOnlyList<SymbolRiskBody> symbols)
    {
        var table = TableMaker.Create("Symbol", ">Notional", ">Vol/year", ">Parity", ">Slippage", ">Funding due", ">At");
        foreach (var s in symbols)
        {
            table.AddRow(
                Format.Text(s.Symbol), Format.Money(s.Notional), s.Volatility is { } volatility ? Percent(volatility) : "-",
                s.ParityWeight is { } weight ? Percent(weight) : "-", Share(s.SlippageShare), s.FundingDue is { } due ? Format.Signed(due) : "-",
                Format.Time(s.NextFundingTimeMs));
        }
        return table;
    }

    /// <summary>Shares and counts have few digits, notionals thousands.</summary>
    private static string Limit(decimal value) => value.ToString("#,##0.####", CultureInfo.InvariantCulture);

    private static string Until(string words, long? timeMs) => timeMs is { } ms ? $"[red]{words}{Format.Time(ms)}[/]" : "";

    private static string Share(decimal? share) => share is { } known ? known.ToString("0.####%", CultureInfo.InvariantCulture) : "-";

    private static string Percent(double share) => share.ToString("0.##%", CultureInfo.InvariantCulture);

    private static decimal Decimal(double amount) => Math.Abs(amount) < 1e15 ? (decimal)amount : 0;
}
