using System.Globalization;
using System.Text.Json;
using Granary.Engine.Market;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Dialects;

/// <summary>Bybit v5 linear: books numbered one by one, trades by texts.</summary>
internal sealed class BybitWire : IDialectWire
{
    private static readonly (string Topic, DialectTopic Kind)[] _topics =
        [("publicTrade", DialectTopic.Trades), ("orderbook.1", DialectTopic.Quote), ("orderbook.50", DialectTopic.Book), ("tickers", DialectTopic.Mark)];

    /// <inheritdoc/>
    public string Path => "/v5/public/linear";

    /// <inheritdoc/>
    public DialectCommand Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var operation = root.GetProperty("op").GetString()!;
            var id = root.TryGetProperty("req_id", out var given) ? given.GetString() ?? "" : "";
            if (operation == "ping") return new DialectCommand([], [], [Answer(true, "pong", id, operation)]);
            if (operation is not ("subscribe" or "unsubscribe")) return new DialectCommand([], [], [Answer(false, "error:unknown op", id, operation)]);
            List<(string, DialectTopic)> topics = [];
            foreach (var argument in root.GetProperty("args").EnumerateArray())
            {
                var name = argument.GetString()!;
                var dot = name.LastIndexOf('.');
                var at = Array.FindIndex(_topics, topic => dot > 0 && topic.Topic == name[..dot]);
                if (at < 0) return new DialectCommand([], [], [Answer(false, $"error:handler not found,topic:{name}", id, operation)]);
                topics.Add((name[(dot + 1)..], _topics[at].Kind));
            }
            string[] answers = [Answer(true, "", id, operation)];
            return operation == "subscribe" ? new DialectCommand(topics, [], answers) : new DialectCommand([], topics, answers);
        }
        catch (Exception bad) when (bad is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new DialectCommand([], [], [Answer(false, "error:request not understood", "", "")]);
        }
    }

    /// <inheritdoc/>
    public string Trade(string symbol, in AggTrade trade) => Invariant(
        $"{{\"topic\":\"publicTrade.{symbol}\",\"type\":\"snapshot\",\"ts\":{trade.TimeMs},\"data\":[{{\"T\":{trade.TimeMs},\"s\":\"{symbol}\",\"S\":\"{(trade.IsBuyerMaker ? "Sell" : "Buy")}\",\"v\":\"{trade.Quantity}\",\"p\":\"{trade.Price}\",\"L\":\"PlusTick\",\"i\":\"t{trade.Id}\",\"BT\":false}}]}}");

    /// <inheritdoc/>
    public string Quote(string symbol, in BookTicker ticker) => Depth(
        $"orderbook.1.{symbol}", "snapshot", symbol, ticker.UpdateId, ticker.TimeMs, Best(ticker.BidPriceE8, ticker.BidQuantityE8), Best(ticker.AskPriceE8,
        ticker.AskQuantityE8));

    /// <inheritdoc/>
    public string Book(string symbol, long previousId, long id, long number, long timeMs, IEnumerable<DepthLevel> bids, IEnumerable<DepthLevel> asks) =>
        Depth($"orderbook.50.{symbol}", previousId < 0 ? "snapshot" : "delta", symbol, number, timeMs, Levels(bids), Levels(asks));

    /// <inheritdoc/>
    public string? Mark(string symbol, DialectTopic topic, in MarkPrice mark) => topic != DialectTopic.Mark ? null : Invariant(
        $"{{\"topic\":\"tickers.{symbol}\",\"type\":\"delta\",\"data\":{{\"symbol\":\"{symbol}\",\"markPrice\":\"{mark.Mark}\",\"indexPrice\":\"{mark.Index}\",\"fundingRate\":\"{mark.FundingRate}\",\"nextFundingTime\":\"{mark.NextFundingTimeMs}\"}},\"cs\":1,\"ts\":{mark.TimeMs}}}");

    /// <inheritdoc/>
    public string? Rest(string path, IReadOnlyList<SymbolRules> symbols, long nowMs) => path switch
    {
        "/v5/market/time" => Invariant($"{{\"retCode\":0,\"retMsg\":\"OK\",\"result\":{{\"timeSecond\":\"{nowMs / 1000}\"}},\"time\":{nowMs}}}"),
        "/v5/market/instruments-info" => Invariant(
            $"{{\"retCode\":0,\"retMsg\":\"OK\",\"result\":{{\"category\":\"linear\",\"list\":[{string.Join(',', symbols.Select(Instrument))}],\"nextPageCursor\":\"\"}},\"time\":{nowMs}}}"),
        _ => null,
    };

    private static string Instrument(SymbolRules rules) => Invariant(
        $"{{\"symbol\":\"{rules.Symbol}\",\"contractType\":\"LinearPerpetual\",\"status\":\"Trading\",\"baseCoin\":\"{rules.Symbol[..^4]}\",\"quoteCoin\":\"USDT\",\"settleCoin\":\"USDT\",\"priceFilter\":{{\"tickSize\":\"{rules.TickSize}\"}},\"lotSizeFilter\":{{\"qtyStep\":\"{rules.StepSize}\",\"minOrderQty\":\"{rules.QuantityMin}\"}}}}");

    private static string Answer(bool isGood, string message, string id, string operation) =>
        $"{{\"success\":{(isGood ? "true" : "false")},\"ret_msg\":{JsonSerializer.Serialize(message)},\"conn_id\":\"0\",\"req_id\":{JsonSerializer.Serialize(id)},\"op\":{JsonSerializer.Serialize(operation)}}}";

    private static string Depth(string topic, string type, string symbol, long number, long timeMs, string bids, string asks) => Invariant(
        $"{{\"topic\":\"{topic}\",\"type\":\"{type}\",\"ts\":{timeMs},\"data\":{{\"s\":\"{symbol}\",\"b\":{bids},\"a\":{asks},\"u\":{number},\"seq\":{number}}},\"cts\":{timeMs}}}");

    private static string Best(long priceE8, long quantityE8) => priceE8 == 0 ? "[]" : Levels([new DepthLevel(priceE8, quantityE8)]);

    private static string Levels(IEnumerable<DepthLevel> levels) =>
        $"[{string.Join(',', levels.Select(static level => Invariant($"[\"{Fixed8.ToDecimal(level.PriceE8)}\",\"{Fixed8.ToDecimal(level.QuantityE8)}\"]")))}]";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
