using Granary.Engine.Market;

namespace Granary.Tape.Columnar;

/// <summary>The codec of each kind.</summary>
internal static class RowCodecs
{
    /// <exception cref="NotSupportedException">There is no tape of such rows.</exception>
    public static RowCodec<TRow> For<TRow>()
        where TRow : struct
    {
        object? codec =
            typeof(TRow) == typeof(AggTrade) ? new AggTradeCodec() :
            typeof(TRow) == typeof(SingleTrade) ? new SingleTradeCodec() :
            typeof(TRow) == typeof(Kline) ? new KlineCodec() :
            typeof(TRow) == typeof(FundingRate) ? new FundingRateCodec() :
            typeof(TRow) == typeof(BookTicker) ? new BookTickerCodec() :
            typeof(TRow) == typeof(MarkPrice) ? new MarkPriceCodec() : null;
        return codec as RowCodec<TRow> ?? throw new NotSupportedException(
            $"there is no tape of {typeof(TRow).Name}; rows are AggTrade, SingleTrade, Kline, FundingRate, BookTicker or MarkPrice");
    }
}
