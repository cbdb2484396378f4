namespace Granary.Client.Data;

/// <summary>How findings are named and weighed.</summary>
public static class FindingKinds
{
    /// <summary>Whether the finding is only worth knowing: a property of the market, not a fault of the data.</summary>
    public static bool IsNote(this FindingKind kind) => kind >= FindingKind.TradeNotMarket;

    /// <summary>The words for it.</summary>
    public static string Title(this FindingKind kind) => kind switch
    {
        FindingKind.RowInvalid => "invalid rows",
        FindingKind.BlockDamaged => "damaged blocks",
        FindingKind.IdGap => "gaps in the ids",
        FindingKind.IdRepeated => "repeated ids",
        FindingKind.IdOrder => "ids out of order",
        FindingKind.TimeReversed => "times going back",
        FindingKind.PriceOutlier => "price outliers",
        FindingKind.CandleMissing => "gaps between candles",
        FindingKind.CandleMisaligned => "misaligned candles",
        FindingKind.CandleRepeated => "repeated candles",
        FindingKind.OhlcInconsistent => "inconsistent OHLC",
        FindingKind.TakerAboveVolume => "taker volume above volume",
        FindingKind.QuoteVolumeOff => "quote volume outside low..high x volume",
        FindingKind.PriceJump => "price jumps",
        FindingKind.FlatContract => "flat contract (delisted?)",
        FindingKind.FlatEnd => "flat to the end (delisted?)",
        FindingKind.EndsEarly => "ends before the archive does",
        FindingKind.FundingGap => "missing settlements",
        FindingKind.BookCrossed => "crossed quotes",
        FindingKind.DepthGap => "breaks in the book's changes",
        FindingKind.TradeNotMarket => "trades not of the market",
        FindingKind.TradeIdStep => "steps between trade ids",
        FindingKind.TapeUnfinished => "unfinished tape",
        FindingKind.DayMissing => "days without a tape",
        FindingKind.Silence => "longest silence",
        FindingKind.ZeroVolume => "candles without volume",
        FindingKind.FlatSpell => "longest flat spell",
        FindingKind.FundingIntervalChange => "changes of the funding interval",
        FindingKind.ListedLater => "listed during the window",
        _ => kind.ToString(),
    };
}
