using Granary.Tape.Tests.Support;

namespace Granary.Tape.Tests;

/// <summary>The recorded tapes, against the figures that their collection states.</summary>
public sealed class RealTapeTests
{
    [RealDataTheory]
    [InlineData("aggtrades/um-APEUSDT-aggTrades-2024-10-18.zip", 45_342, TapeLayout.AggTrades, 0, 0, 23_140, "0.7075", "0.7386")]
    [InlineData("aggtrades/spot-LTCUSDT-aggTrades-2025-06-21_1204-2400.csv.gz", 53_325, TapeLayout.AggTrades, 16, 168, 28_770, "78.6", "83.39")]
    [InlineData("aggtrades/spot-XRPETH-aggTrades-2019-10-11_13.csv.gz", 12_477, TapeLayout.AggTrades, 0, 0, 6_524, "0.00139676", "0.00154262")]
    [InlineData("trades/um-BTCUSDT-trades-2020-02-22_0000-0205.csv.gz", 9_999, TapeLayout.Trades, 0, 0, 5_267, "9653.07", "9710.7")]
    [InlineData("trades/um-BTCUSDT-trades-2023-04-04_2358-0006.csv.gz", 12_935, TapeLayout.Trades, 0, 0, 6_480, "28136", "28722.5")]
    [InlineData("trades/um-BTCUSDT-trades-2024-08-08_2354-2400.csv.gz", 21_313, TapeLayout.Trades, 0, 0, 9_616, "61590.3", "61839.9")]
    [InlineData("trades/um-ETHUSDT-trades-2024-08-08_2354-2400.csv.gz", 14_076, TapeLayout.Trades, 0, 0, 6_984, "2677.9", "2684.82")]
    public void Every_row_of_a_recorded_tape_is_read(
        string name, int rows, TapeLayout layout, int gaps, int missing, int takerBuys, string lowest, string highest)
    {
        using var reader = new AggTradeReader(RealData.File(name));
        var (low, high, buys) = (decimal.MaxValue, 0m, 0);
        while (reader.TryRead(out var trade))
        {
            (low, high) = (Math.Min(low, trade.Price), Math.Max(high, trade.Price));
            if (!trade.IsBuyerMaker) buys++;
        }
        reader.Layout.ShouldBe(layout);
        reader.Report.Rows.ShouldBe(rows);
        (reader.Report.IdGaps, reader.Report.MissingIds, reader.Report.Skipped).ShouldBe((gaps, missing, 0));
        buys.ShouldBe(takerBuys);
        low.ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(lowest);
        high.ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(highest);
    }

    [RealDataFact]
    public void The_APE_day_begins_and_ends_as_recorded()
    {
        var trades = AggTradeTape.Read(RealData.File("aggtrades/um-APEUSDT-aggTrades-2024-10-18.zip")).ToList();
        trades[0].ShouldBe(new(171_927_517, 1_729_209_603_958, 70_970_000, 1_900_000_000, 551_530_707, 1, false));
        trades[1].ShouldBe(new(171_927_518, 1_729_209_604_056, 70_960_000, 225_400_000_000, 551_530_708, 5, true));
        trades.Zip(trades.Skip(1)).ShouldAllBe(p => p.Second.Id == p.First.Id + 1 && p.Second.TimeMs >= p.First.TimeMs);
        trades.Zip(trades.Skip(1)).Count(p => p.Second.FirstTradeId != p.First.LastTradeId + 1).ShouldBe(1);
    }

    [RealDataFact]
    public void A_tape_without_trade_ids_counts_each_row_as_one_trade()
    {
        AggTradeTape.Read(RealData.File("aggtrades/spot-LTCUSDT-aggTrades-2025-06-21_1204-2400.csv.gz"))
            .ShouldAllBe(t => t.FirstTradeId == 0 && t.TradeCount == 1);
    }
}
