using Granary.Client.Views;
using Granary.Engine.Market;
using Granary.Tape;

namespace Granary.Client.Data;

/// <summary>Keeps the first and the last rows of a file as cells of text.</summary>
/// <param name="count">How many of each.</param>
/// <param name="layout">The file's layout; null for a capture.</param>
/// <param name="symbol">The symbol in the file's name.</param>
public sealed class RowTail(int count, TapeLayout? layout, string symbol) : RowVisitor
{
    private readonly Queue<Func<string[]>> _last = new();

    /// <summary>The first rows.</summary>
    public List<string[]> First { get; } = [];

    /// <summary>The last rows that are not among the first.</summary>
    public IEnumerable<string[]> Last => _last.Select(r => r());

    /// <summary>Names of the cells.</summary>
    public string[] Names { get; private set; } = [];

    /// <inheritdoc/>
    public override void Visit(in AggTrade trade, long line)
    {
        var row = trade;
        Keep(["line", "id", "time", "price", "quantity", "trades", "taker"], () =>
            [Text(line), Text(row.Id), Time(row.TimeMs), Format.Number(row.Price), Format.Number(row.Quantity), Text(row.TradeCount), row.IsBuyerMaker ? "sell" : "buy"]);
    }

    /// <inheritdoc/>
    public override void Visit(in KlineRow row, long line)
    {
        var (own, k) = (row.Symbol, row.Kline);
        // The file's own symbol and columns that the layout does not have would only take room.
        string[] before = own == symbol ? ["line"] : ["line", "symbol"];
        string[] behind = layout switch
        {
            TapeLayout.Ohlc => [],
            TapeLayout.Ohlcv => ["volume"],
            _ => ["volume", "count"],
        };
        Keep([.. before, "open_time", "open", "high", "low", "close", .. behind], () =>
        [
            .. before.Select((_, i) => i == 0 ? Text(line) : own), Time(k.OpenTimeMs), Format.Number(k.Open), Format.Number(k.High), Format.Number(k.Low),
            Format.Number(k.Close), .. behind.Select((_, i) => i == 0 ? Format.Number(k.Volume) : Text(k.TradeCount)),
        ]);
    }

    /// <inheritdoc/>
    public override void Visit(in FundingRow row, long line)
    {
        var copy = row;
        Keep(["line", "symbol", "time", "interval_h", "rate"], () =>
            [Text(line), copy.Symbol, Time(copy.Funding.TimeMs), copy.IntervalHours is { } hours ? Text(hours) : "-", Format.Number(copy.Funding.Rate)]);
    }

    /// <inheritdoc/>
    public override void Visit(in BookTicker ticker, long line)
    {
        var copy = ticker;
        Keep(["line", "update_id", "time", "bid", "bid_qty", "ask", "ask_qty"], () =>
        [
            Text(line), Text(copy.UpdateId), Time(copy.TimeMs), Format.Number(copy.BidPrice), Format.Number(Fixed8.ToDecimal(copy.BidQuantityE8)),
            Format.Number(copy.AskPrice), Format.Number(Fixed8.ToDecimal(copy.AskQuantityE8)),
        ]);
    }

    /// <inheritdoc/>
    public override void Visit(in MarkPrice mark, long line)
    {
        var copy = mark;
        Keep(["line", "time", "mark", "index", "rate", "next_funding"], () =>
            [Text(line), Time(copy.TimeMs), Format.Number(copy.Mark), Format.Number(copy.Index), Format.Number(copy.FundingRate), Time(copy.NextFundingTimeMs)]);
    }

    /// <inheritdoc/>
    public override void Visit(in CaptureFrame frame)
    {
        var (line, received, stream, kind) = (frame.Line, frame.ReceivedNs, frame.Stream, frame.Kind);
        Keep(["line", "received", "stream", "kind"], () => [Text(line), Time(received / 1_000_000), stream, kind.ToString()]);
    }

    private static string Text(long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Time(long ms) => DataText.Time(ms);

    private void Keep(string[] names, Func<string[]> row)
    {
        Names = names;
        if (First.Count < count)
        {
            First.Add(row());
            return;
        }
        if (count == 0) return;
        if (_last.Count == count) _last.Dequeue();
        _last.Enqueue(row);
    }
}
