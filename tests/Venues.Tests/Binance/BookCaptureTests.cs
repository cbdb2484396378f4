using System.Text;
using System.Text.Json;
using Granary.Engine.Book;
using Granary.Engine.Market;
using Granary.Venues.Binance;
using Granary.Venues.Tests.Support;
using Xunit.Abstractions;

namespace Granary.Venues.Tests.Binance;

/// <summary>
/// Books rebuilt from recorded bytes through the decoder. After each depth event the best bid and ask must be those of the newest bookTicker that is not newer
/// than the event: the venue sends one for every change of the best prices or their sizes.
/// </summary>
public sealed class BookCaptureTests(ITestOutputHelper output)
{
    [SharedDataFact]
    public void Btcusdt_futures_2023_over_two_files() => Check(
        BookChain.Futures, "BTCUSDT", ["um-btcusdt-2023-04-04_2358.gz", "um-btcusdt-2023-04-05_0000.gz"], new Tally(16_110, 16_110, 310 + 1255, 0));

    [SharedDataFact]
    public void Btcusdt_futures_2024() => Check(BookChain.Futures, "BTCUSDT", ["um-btcusdt-2024-08-08_2354.gz"], new Tally(6547, 6547, 629, 722));

    [SharedDataFact]
    public void Ethusdt_futures_2024() => Check(BookChain.Futures, "ETHUSDT", ["um-ethusdt-2024-08-08_2354.gz"], new Tally(6581, 6581, 551, 0));

    // Two events disagree: the market had left what the snapshot covered, and levels that never changed since are missing. The book says so.
    [SharedDataFact]
    public void Btcusdt_spot_2024_over_two_files() => Check(
        BookChain.Spot, "BTCUSDT", ["spot-btcusdt-2024-08-08_2354.gz", "spot-btcusdt-2024-08-09_0000.gz"], new Tally(6493, 6491, 564 + 507 + 1, 918));

    private void Check(BookChain chain, string symbol, string[] files, Tally expected)
    {
        var lines = files.SelectMany(file => SharedData.Lines(Path.Combine("ws-captures", file))).Where(line => !line.Contains("@trade")).ToList();
        var tickers = lines.Where(line => line.Contains("@bookTicker")).Select(Ticker).ToList();
        using var depth = JsonDocument.Parse(Json(lines.Single(line => line.Contains("\"lastUpdateId\""))));
        var snapshot = RestDecoder.Depth(depth.RootElement, 1000);
        // One book gets everything as it was recorded, the other the snapshot first, so that it can be looked at after every event.
        var (recorded, book) = (Book(chain), Book(chain));
        book.Apply(snapshot).ShouldBe(BookOutcome.Applied);
        var decoder = new MarketFrameDecoder([symbol]);
        int next = 0, compared = 0, agreed = 0, sameId = 0, beyond = 0;
        foreach (var line in lines.Where(line => !line.Contains("@bookTicker") && !line.Contains("@markPrice")))
        {
            if (line.Contains("\"lastUpdateId\""))
            {
                recorded.Apply(snapshot).ShouldBe(BookOutcome.Applied);
                continue;
            }
            MarketFrame frame = default;
            decoder.Decode(Json(line), ref frame);
            frame.Kind.ShouldBe(MarketFrameKind.Depth, frame.Reason);
            recorded.Apply(frame.Depth.Diff).ShouldNotBe(BookOutcome.Resync);
            if (book.Apply(frame.Depth.Diff) != BookOutcome.Applied && frame.Depth.FinalUpdateId != snapshot.LastUpdateId) continue;
            while (next < tickers.Count && tickers[next].UpdateId <= book.LastUpdateId) next++;
            var ticker = tickers[next - 1];
            var isSame = book.Quote == new Quote(ticker);
            (isSame || !book.IsCompleteTo(1)).ShouldBeTrue($"update {book.LastUpdateId}: the book had {book.Quote}, ticker {ticker.UpdateId} {new Quote(ticker)}");
            compared++;
            if (isSame) agreed++;
            if (isSame && ticker.UpdateId == book.LastUpdateId) sameId++;
            if (!book.IsCompleteTo(1)) beyond++;
        }
        output.WriteLine($"{compared} compared, {agreed} agreed, {sameId} of them at the same id, {beyond} beyond the snapshot; {book.Bids.Count} bids, {book.Asks.Count} asks");
        (book.State, book.ResyncCount, book.StaleCount).ShouldBe((BookState.Live, 0, 0));
        (recorded.Quote, recorded.LastUpdateId, recorded.ResyncCount).ShouldBe((book.Quote, book.LastUpdateId, 0));
        Levels(recorded.Bids).ShouldBe(Levels(book.Bids));
        Levels(recorded.Asks).ShouldBe(Levels(book.Asks));
        new Tally(compared, agreed, sameId, beyond).ShouldBe(expected);
    }

    // One snapshot was recorded, so no second one may be waited for.
    private static OrderBook Book(BookChain chain) => new(new OrderBookOptions { Chain = chain, TopLevels = 0 });

    private static byte[] Json(string line) => Encoding.UTF8.GetBytes(line[(line.IndexOf(' ') + 1)..]);

    // Spot's tickers have neither type nor time, so they are no case for the decoder.
    private static BookTicker Ticker(string line)
    {
        using var document = JsonDocument.Parse(Json(line));
        var data = document.RootElement.GetProperty("data");
        return new BookTicker(data.Integer("u"), 0, data.Number8("b"), data.Number8("B"), data.Number8("a"), data.Number8("A"));
    }

    private static BookLevel[] Levels(BookSide side)
    {
        var levels = new BookLevel[side.Count];
        side.CopyTo(levels);
        return levels;
    }

    /// <summary>What a capture holds.</summary>
    /// <param name="Compared">Depth events that end at the snapshot or after it.</param>
    /// <param name="Agreed">Of these, best bid and ask equal to the bookTicker's.</param>
    /// <param name="SameId">Of these, with the very update id of the bookTicker.</param>
    /// <param name="Beyond">Compared while the best price lay beyond what the snapshot covered.</param>
    private sealed record Tally(int Compared, int Agreed, int SameId, int Beyond);
}
