using Granary.Tape.Tests.Support;

namespace Granary.Tape.Tests;

/// <summary>The recorded captures: every line is read, and what the messages say holds together.</summary>
public sealed class RealCaptureTests
{
    [RealDataTheory]
    [InlineData("um-btcusdt-2023-04-04_2358.gz", 13_384, 2_197, 6_765, 4_322, 99, 1)]
    [InlineData("um-btcusdt-2023-04-05_0000.gz", 60_381, 10_738, 37_440, 11_788, 415, 0)]
    [InlineData("um-btcusdt-2024-08-08_2354.gz", 93_954, 21_313, 66_089, 6_551, 0, 1)]
    [InlineData("um-ethusdt-2024-08-08_2354.gz", 74_655, 14_076, 53_992, 6_586, 0, 1)]
    [InlineData("spot-btcusdt-2023-04-05_0000.gz", 15_088, 3_144, 8_015, 3_929, 0, 0)]
    [InlineData("spot-btcusdt-2024-08-08_2354.gz", 41_249, 9_757, 28_040, 3_451, 0, 1)]
    [InlineData("spot-btcusdt-2024-08-09_0000.gz", 58_325, 10_147, 45_134, 3_044, 0, 0)]
    [InlineData("spot-nexousdt-2024-07-23_1600.gz", 112_274, 12_280, 33_000, 66_994, 0, 0)]
    public void Every_message_of_a_recorded_capture_is_read(string name, int lines, int trades, int tickers, int updates, int marks, int snapshots)
    {
        var counts = new Dictionary<CaptureKind, int>();
        long tradeId = 0, tickerId = 0, finalId = 0;
        var isSpot = name.StartsWith("spot", StringComparison.Ordinal);
        var total = 0;
        foreach (var frame in SocketCapture.Read(RealData.File("ws-captures/" + name)))
        {
            total++;
            counts[frame.Kind] = counts.GetValueOrDefault(frame.Kind) + 1;
            switch (frame.Kind)
            {
                case CaptureKind.Trade:
                    var trade = CaptureMessages.ReadTrade(frame);
                    if (tradeId != 0) trade.Id.ShouldBe(tradeId + 1);
                    tradeId = trade.Id;
                    break;
                case CaptureKind.BookTicker:
                    var ticker = CaptureMessages.ReadBookTicker(frame);
                    ticker.BidPriceE8.ShouldBeLessThan(ticker.AskPriceE8);
                    ticker.UpdateId.ShouldBeGreaterThanOrEqualTo(tickerId);
                    tickerId = ticker.UpdateId;
                    break;
                case CaptureKind.DepthUpdate:
                    var update = CaptureMessages.ReadDepthUpdate(frame);
                    if (finalId != 0) (isSpot ? update.FirstUpdateId - 1 : update.PreviousFinalUpdateId).ShouldBe(finalId);
                    finalId = update.FinalUpdateId;
                    break;
                case CaptureKind.DepthSnapshot:
                    var snapshot = CaptureMessages.ReadDepthSnapshot(frame);
                    snapshot.Bids.Length.ShouldBe(1_000);
                    snapshot.Asks.Length.ShouldBe(1_000);
                    snapshot.Bids[0].PriceE8.ShouldBeLessThan(snapshot.Asks[0].PriceE8);
                    break;
                case CaptureKind.MarkPrice:
                    CaptureMessages.ReadMarkPrice(frame).NextFundingTimeMs.ShouldBeGreaterThan(1_680_652_000_000);
                    break;
                default: throw new InvalidOperationException($"line {frame.Line}: {frame.Stream}");
            }
        }
        total.ShouldBe(lines);
        new[] { CaptureKind.Trade, CaptureKind.BookTicker, CaptureKind.DepthUpdate, CaptureKind.MarkPrice, CaptureKind.DepthSnapshot }
            .Select(k => counts.GetValueOrDefault(k)).ShouldBe([trades, tickers, updates, marks, snapshots]);
    }

    [RealDataFact]
    public void The_trades_of_a_capture_are_those_of_its_tape()
    {
        var captured = SocketCapture.Read(RealData.File("ws-captures/um-btcusdt-2024-08-08_2354.gz"))
            .Where(f => f.Kind == CaptureKind.Trade).Select(f => CaptureMessages.ReadTrade(f).ToAggTrade());
        captured.ShouldBe(AggTradeTape.Read(RealData.File("trades/um-BTCUSDT-trades-2024-08-08_2354-2400.csv.gz")));
    }

    [RealDataFact]
    public void One_trade_of_2023_is_of_the_insurance_fund()
    {
        var trade = SocketCapture.Read(RealData.File("ws-captures/um-btcusdt-2023-04-05_0000.gz"))
            .Where(f => f.Kind == CaptureKind.Trade).Select(f => CaptureMessages.ReadTrade(f)).Single(t => !t.IsMarket);
        (trade.Id, trade.PriceE8).ShouldBe((3_535_191_080, 2_872_250_000_000));
    }
}
