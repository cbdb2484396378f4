using Granary.Tape.Tests.Support;

namespace Granary.Tape.Tests;

/// <summary>The recorded candles, settlements and single trades, every row, strictly, against the figures that their collection states.</summary>
public sealed class RealFileTests
{
    [RealDataTheory]
    [InlineData("klines-1h/um-BTCUSDT-1h-2019_2025-10.csv.gz", TapeLayout.Ohlcv, 53_887, 1_567_962_000_000, 1_761_951_600_000, 3_600_000, "3621.81", "126208")]
    [InlineData("klines-1h/um-BTCUSDT-1h-2024-10-28.zip", TapeLayout.Klines, 24, 1_730_073_600_000, 1_730_156_400_000, 3_600_000, "67584.2", "70331")]
    [InlineData("klines-1m/um-ALGOUSDT-1m-2026-02.zip", TapeLayout.Klines, 40_320, 1_769_904_000_000, 1_772_323_140_000, 60_000, "0.0799", "0.1106")]
    [InlineData("klines-1m/um-XRPUSDT-1m-2025-05-04_06-03-ohlcv.csv.gz", TapeLayout.Ohlcv, 43_195, 1_746_372_960_000, 1_748_964_600_000, 60_000, "2.0758", "2.655")]
    [InlineData("klines-1s/spot-BTCUSDT-1s-2024-11-15_2003-0440.csv.gz", TapeLayout.Klines, 31_000, 1_731_701_013_000, 1_731_732_042_000, 1_000, "90418.5", "91850")]
    [InlineData("markprice-1h/um-ETHUSDT-markprice-1h-2025-05_2025-10.csv.gz", TapeLayout.Ohlc, 4_416, 1_746_057_600_000, 1_761_951_600_000, 3_600_000, "1751.71", "4955.09")]
    public void Every_candle_is_read(string name, TapeLayout layout, int rows, long first, long last, long step, string lowest, string highest)
    {
        using var reader = new KlineReader(RealData.File(name));
        var all = new List<KlineRow>();
        while (reader.TryReadBlock(out var block)) all.AddRange(block);
        (reader.Layout, all.Count, reader.StepMs).ShouldBe((layout, rows, step));
        (all[0].Kline.OpenTimeMs, all[^1].Kline.OpenTimeMs).ShouldBe((first, last));
        all.ShouldAllBe(r => r.Symbol == reader.Symbol && r.Kline.CloseTimeMs == r.Kline.OpenTimeMs + step - 1);
        all.Min(r => r.Kline.Low).ShouldBe(decimal.Parse(lowest, System.Globalization.CultureInfo.InvariantCulture), 0.005m * all.Min(r => r.Kline.Low) / 1000);
        all.Max(r => r.Kline.High).ShouldBe(decimal.Parse(highest, System.Globalization.CultureInfo.InvariantCulture), 0.005m * all.Max(r => r.Kline.High) / 1000);
    }

    [RealDataFact]
    public void Every_member_of_the_archive_is_read()
    {
        var parts = TapePart.Of(RealData.File("klines-1h/um-all-1h-2025-05-01_2025-10-31.zip"));
        parts.Count.ShouldBe(110);
        long rows = 0;
        foreach (var part in parts)
        {
            using var reader = new KlineReader(part.Path, new TapeOptions { Member = part.Member });
            while (reader.TryReadBlock(out var block)) rows += block.Length;
            part.Symbol.ShouldBe(part.Member![..^"-1h.csv".Length]);
        }
        rows.ShouldBe(416_130);
    }

    [RealDataFact]
    public void Every_settlement_is_read()
    {
        using var reader = new FundingReader(RealData.File("funding/um-fundingRate-to-2025-10-31.csv.gz"));
        var all = new List<FundingRow>();
        while (reader.TryReadBlock(out var block)) all.AddRange(block);
        (all.Count, all.Select(r => r.Symbol).Distinct().Count()).ShouldBe((48_080, 29));
        (all.Min(r => r.Funding.TimeMs), all.Max(r => r.Funding.TimeMs)).ShouldBe((1_568_102_400_000, 1_761_940_800_000));
    }

    [RealDataFact]
    public void Single_trades_are_those_of_the_aggregates_of_one()
    {
        var path = RealData.File("trades/um-BTCUSDT-trades-2023-04-04_2358-0006.csv.gz");
        using var reader = new SingleTradeReader(path);
        var all = new List<SingleTrade>();
        while (reader.TryReadBlock(out var block)) all.AddRange(block);
        all.Select(t => t.ToAggTrade()).ShouldBe(AggTradeTape.Read(path));
        all.Single(t => t.Id == 3_535_191_080).PriceE8.ShouldBe(2_872_250_000_000);
    }
}
