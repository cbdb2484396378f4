namespace Granary.Tape;

/// <summary>
/// What is wrong with a tape. The first group concerns the file as such and always ends the reading; the second, from <see cref="BlankLine"/> on, concerns
/// one row's data (<see cref="TapeDefectExtensions.IsOfFile"/>).
/// </summary>
public enum TapeDefect
{
    /// <summary>There is no such file.</summary>
    FileMissing,

    /// <summary>The file cannot be opened or read: permissions, or the disk.</summary>
    FileUnreadable,

    /// <summary>Compressed data end early, do not unpack, or differ from their checksum.</summary>
    FileDamaged,

    /// <summary>The file holds no row.</summary>
    FileEmpty,

    /// <summary>The first line is neither a known header nor a row of a known layout, or an archive does not hold exactly one csv file.</summary>
    LayoutUnknown,

    /// <summary>A line is longer than any row can be.</summary>
    LineTooLong,

    /// <summary>An empty line before the end of the file.</summary>
    BlankLine,

    /// <summary>A row has more or fewer columns than the layout.</summary>
    ColumnCount,

    /// <summary>A field is not what its column holds: not a number, not a flag, more than eight decimals, too large.</summary>
    FieldInvalid,

    /// <summary>A price is zero or negative.</summary>
    PriceNotPositive,

    /// <summary>A quantity is zero or negative; of candles and best quotes, negative.</summary>
    QuantityNotPositive,

    /// <summary>A quote quantity is far from price times quantity: columns are swapped.</summary>
    QuoteQuantityOff,

    /// <summary>A time is not in seconds, milliseconds, microseconds or nanoseconds, or not between 2009 and 2100, or a candle closes before it opens.</summary>
    TimeImplausible,

    /// <summary>A time is in another unit than those of the file.</summary>
    TimeUnitMixed,

    /// <summary>An aggregate's last trade id is below its first, or one of the two is missing.</summary>
    TradeIdRange,

    /// <summary>A trade id is not above the one before.</summary>
    IdBackwards,

    /// <summary>A time is before the one before; of candles and funding settlements, not after it.</summary>
    TimeBackwards,

    /// <summary>A price is further from the one before than the options allow: columns are swapped, or digits lost.</summary>
    PriceJump,

    /// <summary>A captured message is not the JSON that it should be.</summary>
    MessageInvalid,
}
