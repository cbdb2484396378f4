using Granary.Engine.Market;
using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>Writes candles, day statistics and liquidations as the market streams spell them.</summary>
internal static class MarketEvents
{
    public static WireWriter Kline(WireWriter w, SymbolFormat f, Candle candle, string interval, long nextMs, bool isClosed, bool isContinuous, long nowMs)
    {
        w.Reset().BeginObject().Name("e"u8).Value(isContinuous ? "\"continuous_kline\""u8 : "\"kline\""u8).Name("E"u8).Number(nowMs);
        if (isContinuous) w.Name("ps"u8).Text(f.Symbol).Name("ct"u8).Value("\"PERPETUAL\""u8);
        else w.Name("s"u8).Text(f.Symbol);
        w.Name("k"u8).BeginObject().Name("t"u8).Number(candle.OpenMs).Name("T"u8).Number(nextMs - 1);
        if (!isContinuous) w.Name("s"u8).Text(f.Symbol);
        return w.Name("i"u8).Text(interval).Name("f"u8).Number(candle.FirstTradeId).Name("L"u8).Number(candle.LastTradeId)
            .Name("o"u8).E8(candle.OpenE8, f.PriceScale).Name("c"u8).E8(candle.CloseE8, f.PriceScale).Name("h"u8).E8(candle.HighE8, f.PriceScale)
            .Name("l"u8).E8(candle.LowE8, f.PriceScale).Name("v"u8).Decimal(candle.Quantity, f.QuantityScale).Name("n"u8).Number(candle.Count)
            .Name("x"u8).Bool(isClosed).Name("q"u8).Decimal(candle.Quote, 5).Name("V"u8).Decimal(candle.BuyQuantity, f.QuantityScale)
            .Name("Q"u8).Decimal(candle.BuyQuote, 5).Name("B"u8).Value("\"0\""u8).EndObject().Name("st"u8).Number(1).EndObject();
    }

    public static void MiniTicker(WireWriter w, SymbolFormat f, Candle day, long nowMs) => w.BeginObject()
        .Name("e"u8).Value("\"24hrMiniTicker\""u8).Name("E"u8).Number(nowMs).Name("s"u8).Text(f.Symbol).Name("c"u8).E8(day.CloseE8, f.PriceScale)
        .Name("o"u8).E8(day.OpenE8, f.PriceScale).Name("h"u8).E8(day.HighE8, f.PriceScale).Name("l"u8).E8(day.LowE8, f.PriceScale)
        .Name("v"u8).Decimal(day.Quantity, f.QuantityScale).Name("q"u8).Decimal(day.Quote, 5).Name("st"u8).Number(1).EndObject();

    public static void Ticker(WireWriter w, SymbolFormat f, Candle day, in AggTrade last, long nowMs) => w.BeginObject()
        .Name("e"u8).Value("\"24hrTicker\""u8).Name("E"u8).Number(nowMs).Name("s"u8).Text(f.Symbol)
        .Name("p"u8).E8(day.CloseE8 - day.OpenE8, f.PriceScale).Name("P"u8).Decimal(ChangePercent(day), 3).Name("w"u8).Decimal(Average(f, day), f.AverageScale)
        .Name("c"u8).E8(day.CloseE8, f.PriceScale).Name("Q"u8).E8(last.QuantityE8, f.QuantityScale).Name("o"u8).E8(day.OpenE8, f.PriceScale)
        .Name("h"u8).E8(day.HighE8, f.PriceScale).Name("l"u8).E8(day.LowE8, f.PriceScale).Name("v"u8).Decimal(day.Quantity, f.QuantityScale)
        .Name("q"u8).Decimal(day.Quote, 5).Name("O"u8).Number(day.OpenMs).Name("C"u8).Number(last.TimeMs).Name("F"u8).Number(day.FirstTradeId)
        .Name("L"u8).Number(day.LastTradeId).Name("n"u8).Number(day.Count).Name("st"u8).Number(1).EndObject();

    /// <summary>Change over the window, per cent, rounded to three decimals.</summary>
    public static decimal ChangePercent(Candle day) => decimal.Round((day.CloseE8 - day.OpenE8) * 100m / day.OpenE8, 3);

    /// <summary>Volume-weighted price of the window; 0 without volume.</summary>
    public static decimal Average(SymbolFormat f, Candle day) => f.AveragePrice(day.Quote, day.Quantity);

    /// <summary>A liquidation as the public sees it.</summary>
    public static WireWriter ForceOrder(WireWriter w, SymbolFormat f, ExecutionEvent execution, long nowMs)
    {
        var (order, fill) = (execution.Order, execution.Fill);
        return w.Reset().BeginObject().Name("e"u8).Value("\"forceOrder\""u8).Name("E"u8).Number(nowMs).Name("o"u8).BeginObject()
            .Name("s"u8).Text(f.Symbol).Name("S"u8).Value(VenueWords.Quoted(order.Side)).Name("o"u8).Value("\"LIMIT\""u8).Name("f"u8).Value("\"IOC\""u8)
            .Name("q"u8).Decimal(order.Quantity, f.QuantityScale).Name("p"u8).Decimal(order.Price, f.PriceScale)
            .Name("ap"u8).Decimal(f.AveragePrice(order.ExecutedQuote, order.ExecutedQuantity), f.AverageScale).Name("X"u8).Value(VenueWords.Status(order))
            .Name("l"u8).Decimal(fill?.Quantity ?? 0, f.QuantityScale).Name("z"u8).Decimal(order.ExecutedQuantity, f.QuantityScale)
            .Name("T"u8).Number(fill?.TimeMs ?? order.UpdatedMs).EndObject().Name("st"u8).Number(1).EndObject();
    }
}
