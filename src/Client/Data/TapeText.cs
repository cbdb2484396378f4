using Granary.Tape;
using Granary.Tape.Columnar;

namespace Granary.Client.Data;

/// <summary>How columnar tapes are named and judged.</summary>
internal static class TapeText
{
    /// <summary>The layout's name: that of the daily kind where the file's name tells it.</summary>
    public static string Of(TapePart part) => "Tape of " + (DailyTapes.TryParse(part.Path, out _, out var kind) ? kind : DataText.Name(part.Kind!.Value));

    /// <summary>The layout of csv files with the same columns; null for mark prices. Candles of fewer columns tell it by their kind's name only.</summary>
    public static TapeLayout? LayoutOf(TapePart part) => part.Kind switch
    {
        TapeKind.AggTrades => TapeLayout.AggTrades,
        TapeKind.Trades => TapeLayout.Trades,
        TapeKind.FundingRates => TapeLayout.FundingRates,
        TapeKind.BookTickers => TapeLayout.BookTickers,
        TapeKind.Klines when DailyTapes.TryParse(part.Path, out _, out var kind) => kind.Split('-')[0] switch
        {
            "ohlcv" => TapeLayout.Ohlcv,
            "ohlc" => TapeLayout.Ohlc,
            _ => TapeLayout.Klines,
        },
        TapeKind.Klines => TapeLayout.Klines,
        _ => null,
    };
}
