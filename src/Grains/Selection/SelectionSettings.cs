using Granary.Engine.Selection;

namespace Granary.Grains.Selection;

/// <summary>How the live selection gathers its candles.</summary>
public sealed record SelectionSettings
{
    /// <summary>What is selected; default as the backtest, without symbols that nobody has traded for 24 candles.</summary>
    public SelectionOptions Selection { get; init; } = new() { FlatCountMax = 24 };

    /// <summary>
    /// Candles loaded of each symbol before the first selection, 1 to 10,000, default 1,500. Wilder's average remembers its beginning, so two programs agree
    /// when they load the same number.
    /// </summary>
    public int HistoryCount { get; init; } = 1_500;

    /// <summary>What a run waits for late candles; 0 to 10 minutes, default 30 s.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What a symbol waits between two questions for a candle that the venue has not closed yet; 10 ms to a minute, default 1 s.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Requests under way at once, 1 to 100, default 8. The venue's weight budget is the client's concern.</summary>
    public int RequestsMax { get; init; } = 8;

    /// <summary>What the symbols end with; default USDT.</summary>
    public string Quote { get; init; } = "USDT";

    /// <summary>Checks every setting.</summary>
    /// <exception cref="ArgumentException">One is outside its range; the message names it.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Selection);
        ArgumentException.ThrowIfNullOrEmpty(Quote);
        Selection.Validate();
        if (HistoryCount is < 1 or > 10_000) throw new ArgumentException($"{nameof(HistoryCount)} was {HistoryCount}, expected 1 to 10000");
        if (Selection.CandleCountMin > HistoryCount)
            throw new ArgumentException($"{nameof(HistoryCount)} was {HistoryCount}, below {Selection.CandleCountMin}: nobody would ever be eligible");
        if (Deadline < TimeSpan.Zero || Deadline > TimeSpan.FromMinutes(10))
            throw new ArgumentException($"{nameof(Deadline)} was {Deadline}, expected 0 to 10 minutes");
        if (Pause < TimeSpan.FromMilliseconds(10) || Pause > TimeSpan.FromMinutes(1))
            throw new ArgumentException($"{nameof(Pause)} was {Pause}, expected 10 ms to 1 minute");
        if (RequestsMax is < 1 or > 100) throw new ArgumentException($"{nameof(RequestsMax)} was {RequestsMax}, expected 1 to 100");
    }
}
