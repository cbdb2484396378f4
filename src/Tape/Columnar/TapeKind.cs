namespace Granary.Tape.Columnar;

/// <summary>What the rows of a columnar tape are; the number stands in the file.</summary>
public enum TapeKind
{
    /// <summary>Aggregate trades (<see cref="Granary.Engine.Market.AggTrade"/>).</summary>
    AggTrades = 1,

    /// <summary>Single trades (<see cref="SingleTrade"/>). The quote quantity is price times quantity, exactly, and is not stored.</summary>
    Trades = 2,

    /// <summary>Candles (<see cref="Granary.Engine.Market.Kline"/>).</summary>
    Klines = 3,

    /// <summary>Funding settlements (<see cref="Granary.Engine.Market.FundingRate"/>).</summary>
    FundingRates = 4,

    /// <summary>Best bid and ask (<see cref="Granary.Engine.Market.BookTicker"/>).</summary>
    BookTickers = 5,

    /// <summary>Mark price, index price and funding (<see cref="Granary.Engine.Market.MarkPrice"/>).</summary>
    MarkPrices = 6,
}
