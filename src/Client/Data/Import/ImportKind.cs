namespace Granary.Client.Data.Import;

/// <summary>Kinds of tapes that files may become.</summary>
public enum ImportKind
{
    /// <summary>Aggregate trades; a file of single trades becomes aggregates of one.</summary>
    AggTrades,

    /// <summary>Single trades.</summary>
    Trades,

    /// <summary>Candles.</summary>
    Klines,

    /// <summary>Funding settlements.</summary>
    FundingRates,

    /// <summary>Best bid and ask.</summary>
    BookTickers,
}
