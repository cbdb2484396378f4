namespace Granary.Client.Data;

/// <summary>What a check can find.</summary>
public enum FindingKind
{
    /// <summary>A row that is none: the reader left it out.</summary>
    RowInvalid,

    /// <summary>A block of a columnar tape that is damaged or missing: the reader left it out.</summary>
    BlockDamaged,

    /// <summary>Ids were skipped.</summary>
    IdGap,

    /// <summary>An id that was there before.</summary>
    IdRepeated,

    /// <summary>An id that comes after higher ones.</summary>
    IdOrder,

    /// <summary>A time before the one before.</summary>
    TimeReversed,

    /// <summary>A price more than 5 % from the median of the 20 before (formulas §1.1).</summary>
    PriceOutlier,

    /// <summary>Candles are missing between two.</summary>
    CandleMissing,

    /// <summary>A candle that does not begin a whole number of intervals after the one before.</summary>
    CandleMisaligned,

    /// <summary>A candle of a time that was there before.</summary>
    CandleRepeated,

    /// <summary>High is not the highest or low not the lowest of a candle's four prices.</summary>
    OhlcInconsistent,

    /// <summary>Takers bought more than was traded.</summary>
    TakerAboveVolume,

    /// <summary>Quote volume is not between low and high times volume.</summary>
    QuoteVolumeOff,

    /// <summary>A close more than twice or less than half the one before.</summary>
    PriceJump,

    /// <summary>Nothing was traded in the whole file: the contract is delisted or was never open.</summary>
    FlatContract,

    /// <summary>Nothing was traded any more for a day or longer up to the end of the file.</summary>
    FlatEnd,

    /// <summary>The file ends before the others of its archive.</summary>
    EndsEarly,

    /// <summary>More than eight hours, the longest interval in use, without a funding settlement.</summary>
    FundingGap,

    /// <summary>The best bid is not below the best ask.</summary>
    BookCrossed,

    /// <summary>A change of the order book does not follow the one before.</summary>
    DepthGap,

    /// <summary>A trade of the insurance fund or of deleveraging: none of the market.</summary>
    TradeNotMarket,

    /// <summary>An aggregate's first trade id does not follow the last one of the aggregate before.</summary>
    TradeIdStep,

    /// <summary>A columnar tape ends within a block: its recording was cut off, or still goes on.</summary>
    TapeUnfinished,

    /// <summary>Days lie between two daily tapes of a kind without any tape.</summary>
    DayMissing,

    /// <summary>The longest time without a row.</summary>
    Silence,

    /// <summary>A candle without volume.</summary>
    ZeroVolume,

    /// <summary>The longest run of candles in which the price stood still and nothing was traded.</summary>
    FlatSpell,

    /// <summary>The hours between settlements changed.</summary>
    FundingIntervalChange,

    /// <summary>The file begins after the others of its archive: the contract was listed in between.</summary>
    ListedLater,
}
