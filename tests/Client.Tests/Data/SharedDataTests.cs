using Granary.Client.Data;
using Granary.Tape;

namespace Granary.Client.Tests.Data;

/// <summary>The recorded files against the figures that their collection states.</summary>
public sealed class SharedDataTests
{
    [SharedDataFact]
    public void Trades_have_the_stated_gaps_silences_and_sides()
    {
        var lite = Check("aggtrades/spot-LTCUSDT-aggTrades-2025-06-21_1204-2400.csv.gz");
        (lite.Summary.Rows, lite.Summary.TakerBuys, lite.Summary.Low, lite.Summary.High).ShouldBe((53_325, 28_770, 78.6m, 83.39m));
        Of(lite, FindingKind.IdGap).ShouldBe((16, "168 ids missing"));
        lite.Findings.Single(f => f.Kind == FindingKind.Silence).First[0].Text.ShouldStartWith("88124 ms");

        var ape = Check("aggtrades/um-APEUSDT-aggTrades-2024-10-18.zip");
        (ape.IsClean, ape.Summary.Rows, Of(ape, FindingKind.TradeIdStep).Count).ShouldBe((true, 45_342, 1));
        ape.Findings.Single(f => f.Kind == FindingKind.Silence).First[0].Text.ShouldStartWith("48552 ms");

        foreach (var (name, rows, buys) in new[]
        {
            ("trades/um-BTCUSDT-trades-2020-02-22_0000-0205.csv.gz", 9_999, 5_267), ("trades/um-BTCUSDT-trades-2023-04-04_2358-0006.csv.gz", 12_935, 6_480),
            ("trades/um-BTCUSDT-trades-2024-08-08_2354-2400.csv.gz", 21_313, 9_616), ("trades/um-ETHUSDT-trades-2024-08-08_2354-2400.csv.gz", 14_076, 6_984),
        })
        {
            var report = Check(name);
            (report.IsClean, report.Summary.Rows, report.Summary.TakerBuys).ShouldBe((true, rows, buys), name);
        }
    }

    [SharedDataFact]
    public void Candles_have_the_stated_gaps_and_empty_bars()
    {
        var seconds = Check("klines-1s/spot-BTCUSDT-1s-2024-11-15_2003-0440.csv.gz");
        Of(seconds, FindingKind.CandleMissing).ShouldBe((30, "30 candles missing"));
        Of(seconds, FindingKind.ZeroVolume).Count.ShouldBe(533);
        seconds.Findings.Count(f => !f.Kind.IsNote()).ShouldBe(1);
        foreach (var (name, empty) in new[]
        {
            ("klines-1h/um-BTCUSDT-1h-2019_2025-10.csv.gz", 3), ("klines-1h/um-ETHUSDT-1h-2019_2025-10.csv.gz", 1), ("klines-1h/um-BTCUSDT-1h-2024-10-28.zip", 1),
            ("klines-1m/um-ALGOUSDT-1m-2026-02.zip", 22), ("klines-1m/um-AVAXUSDT-1m-2026-02.zip", 0), ("klines-1m/um-BTCUSDT-1m-2023-04-07_04-21.csv.gz", 0),
            ("markprice-1h/um-BTCUSDT-markprice-1h-2025-05_2025-10.csv.gz", 0),
        })
        {
            var report = Check(name);
            (report.IsClean, Of(report, FindingKind.ZeroVolume).Count).ShouldBe((true, empty), name);
        }
    }

    [SharedDataFact]
    public void The_archive_has_the_stated_dead_and_new_contracts()
    {
        var reports = CheckAll("klines-1h/um-all-1h-2025-05-01_2025-10-31.zip");
        reports.Count.ShouldBe(110);
        reports.Sum(r => r.Summary.Rows).ShouldBe(416_130);
        Symbols(FindingKind.FlatContract).ShouldBe(["FTTUSDT", "RAYUSDT", "WAVESUSDT"]);
        Symbols(FindingKind.EndsEarly).ShouldBeEmpty();
        var late = Symbols(FindingKind.ListedLater).ToList();
        (late.Count, late[0], late[^1]).ShouldBe((30, "ASRUSDT", "XPLUSDT"));
        reports.Count(r => r.Summary.Rows == 4_416).ShouldBe(80);
        reports.Single(r => r.Part.Symbol == "HYPEUSDT").Summary.Rows.ShouldBe(3_710);

        IEnumerable<string> Symbols(FindingKind kind) => reports.Where(r => r.Findings.Any(f => f.Kind == kind)).Select(r => r.Part.Symbol);
    }

    [SharedDataFact]
    public void The_funding_interval_of_XTZ_changed_by_way_of_an_hour()
    {
        var report = Check("funding/um-fundingRate-to-2025-10-31.csv.gz");
        (report.IsClean, report.Summary.Rows).ShouldBe((true, 48_080));
        Of(report, FindingKind.FundingIntervalChange).ShouldBe((2, "XTZUSDT"));
    }

    [SharedDataFact]
    public void Captures_are_whole_and_hold_one_trade_of_the_insurance_fund()
    {
        foreach (var (name, rows) in new[] { ("um-btcusdt-2023-04-05_0000", 60_381), ("um-ethusdt-2024-08-08_2354", 74_655), ("spot-nexousdt-2024-07-23_1600", 112_274) })
        {
            var report = Check($"ws-captures/{name}.gz");
            (report.IsClean, report.Layout, report.Summary.Rows).ShouldBe((true, DataCheck.Capture, rows), name);
            Of(report, FindingKind.TradeNotMarket).Count.ShouldBe(name.Contains("2023", StringComparison.Ordinal) ? 1 : 0, name);
        }
    }

    [SharedDataFact]
    public void What_is_no_market_data_cannot_be_read() =>
        CheckAll("exchange-info").Concat(CheckAll("message-samples")).ShouldAllBe(r => r.Error != null && r.Summary.Rows == 0);

    private static PartReport Check(string name) => CheckAll(name).ShouldHaveSingleItem();

    private static List<PartReport> CheckAll(string name) =>
        DataCheck.Run([Path.Combine(SharedDataFactAttribute.Folder!, name)], (TapeLayout?)null, (_, _) => { }, CancellationToken.None);

    private static (long Count, string Detail) Of(PartReport report, FindingKind kind) =>
        report.Findings.FirstOrDefault(f => f.Kind == kind) is { } finding ? (finding.Count, finding.Detail) : (0, "");
}
