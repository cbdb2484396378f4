namespace Granary.Engine.Market;

/// <summary>The length of a candle that the venue offers.</summary>
public readonly record struct KlineInterval
{
    private static readonly KlineInterval[] _all =
    [
        new("1m", 60_000), new("3m", 180_000), new("5m", 300_000), new("15m", 900_000), new("30m", 1_800_000), new("1h", 3_600_000), new("2h", 7_200_000),
        new("4h", 14_400_000), new("6h", 21_600_000), new("8h", 28_800_000), new("12h", 43_200_000), new("1d", 86_400_000),
    ];

    private KlineInterval(string code, long durationMs) => (Code, DurationMs) = (code, durationMs);

    /// <summary>One minute.</summary>
    public static KlineInterval Minute => _all[0];

    /// <summary>One hour.</summary>
    public static KlineInterval Hour => _all[5];

    /// <summary>One UTC day.</summary>
    public static KlineInterval Day => _all[^1];

    /// <summary>The venue's word for it, such as 1m, 4h or 1d.</summary>
    public string Code { get; }

    /// <summary>Length in milliseconds; intervals begin at multiples of it since the Unix epoch.</summary>
    public long DurationMs { get; }

    /// <summary>The longest interval that a span of whole minutes is a multiple of.</summary>
    /// <param name="spanMs">Milliseconds, a multiple of a minute above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another span.</exception>
    public static KlineInterval LongestOf(long spanMs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spanMs);
        return _all.LastOrDefault(interval => spanMs % interval.DurationMs == 0) is { DurationMs: > 0 } found
            ? found
            : throw new ArgumentOutOfRangeException(nameof(spanMs), spanMs, "expected whole minutes");
    }

    /// <summary>The interval of a code.</summary>
    /// <exception cref="FormatException">No such interval; the message lists those there are.</exception>
    public static KlineInterval Parse(string code)
    {
        foreach (var interval in _all)
        {
            if (interval.Code == code) return interval;
        }

        throw new FormatException($"'{code}' is no candle interval; there are {string.Join(", ", _all.Select(interval => interval.Code))}");
    }

    /// <inheritdoc/>
    public override string ToString() => Code;
}
