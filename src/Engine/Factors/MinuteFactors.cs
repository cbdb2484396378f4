using Granary.Engine.Indicators;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Factors;

/// <summary>
/// The one-minute factors of a symbol (formulas §6) in their causal form: one candle in, one row out, nothing of it made of later minutes. Missing minutes
/// are filled flat at the previous close with volume 0, up to <see cref="MinuteFactorOptions.GapMinutesMax"/>; a longer hole starts everything afresh,
/// except that the last funding rate stays known.
/// </summary>
public sealed class MinuteFactors
{
    /// <summary>Length of a candle: 60,000 ms.</summary>
    public const long MinuteMs = 60_000;

    // The last minute of the year 9999.
    private const long OpenTimeMsMax = 253_402_300_740_000;

    private readonly MinuteFactorOptions _options;
    private readonly FundingFeed _funding = new();
    private MinuteWindows _windows;

    /// <summary>Factors without candles.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public MinuteFactors(MinuteFactorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _windows = new MinuteWindows(options);
    }

    /// <summary>Open time of the minute that follows the last one; null before the first candle.</summary>
    public long? NextOpenTimeMs { get; private set; }

    /// <summary>Minutes that were made up so far.</summary>
    public long FilledCount { get; private set; }

    /// <summary>How often a hole was too long to fill and everything started afresh.</summary>
    public long RestartCount { get; private set; }

    /// <summary>Takes a funding settlement. It counts from the first minute that opens at or after it, and may come before that minute's candle.</summary>
    /// <returns>False when it is not newer than the last one, and ignored: it was taken already, or comes out of order.</returns>
    /// <exception cref="InvalidOperationException">4,096 settlements wait for their minutes; add the candles up to there first.</exception>
    public bool Add(in FundingRate funding) => _funding.Add(funding);

    /// <summary>
    /// Takes the next closed candle, after having filled the minutes missing before it, and returns its factors. To see the rows of the filled minutes too,
    /// call <see cref="AddMissing"/> while <see cref="IsMissingBefore"/>.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The candle does not open on a minute, is not later than the last one, or contradicts itself; the message names the field and the time.
    /// </exception>
    public MinuteFactorRow Add(in Kline candle)
    {
        CandleCheck.Throw(candle);
        var open = candle.OpenTimeMs;
        if (open is < 0 or > OpenTimeMsMax || open % MinuteMs != 0)
            throw new ArgumentException(FormattableString.Invariant($"candle opens at {open}, which is not the start of a minute since 1970"), nameof(candle));
        if (open < NextOpenTimeMs)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"candle opens at {open}, expected {NextOpenTimeMs} or later: it was taken already or is out of order"),
                nameof(candle));
        }
        while (IsMissingBefore(open)) AddMissing();
        if (open > NextOpenTimeMs)
        {
            _windows = new MinuteWindows(_options);
            RestartCount++;
        }
        return Take(candle, isFilled: false);
    }

    /// <summary>Whether minutes are missing before a candle, few enough to be filled.</summary>
    /// <param name="openTimeMs">The candle's open time.</param>
    public bool IsMissingBefore(long openTimeMs) =>
        NextOpenTimeMs is { } next && openTimeMs > next && openTimeMs <= OpenTimeMsMax && (openTimeMs - next) / MinuteMs <= _options.GapMinutesMax;

    /// <summary>Fills the next minute with a flat candle and returns its factors.</summary>
    /// <exception cref="InvalidOperationException">There is no candle yet whose close could be used.</exception>
    public MinuteFactorRow AddMissing()
    {
        if (NextOpenTimeMs is not { } open || _windows.Close is not { } close)
            throw new InvalidOperationException("a minute was to be filled before the first candle; add a candle first");
        FilledCount++;
        return Take(new Kline(open, close, close, close, close, 0, open + MinuteMs - 1, 0, 0, 0, 0), isFilled: true);
    }

    /// <summary>Writes the state and the options it depends on; about 15 KB with the default windows.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(MinuteFactors), 1);
        foreach (var (name, value) in _options.Describe())
        {
            writer.Write(name);
            writer.Write(value);
        }
        writer.Write(NextOpenTimeMs ?? -1);
        writer.Write(FilledCount);
        writer.Write(RestartCount);
        _funding.Write(writer);
        _windows.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The snapshot.</param>
    /// <param name="options">The options of the factors to be; the snapshot must have been taken with the same.</param>
    /// <exception cref="InvalidDataException">
    /// The snapshot was taken with other options (the message names the first that differs), is damaged, or not of minute factors.
    /// </exception>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public static MinuteFactors Read(ref SnapshotReader reader, MinuteFactorOptions options)
    {
        var factors = new MinuteFactors(options);
        reader.Section(nameof(MinuteFactors), 1);
        foreach (var (name, value) in options.Describe())
        {
            var (writtenName, writtenValue) = (reader.ReadString(), reader.ReadString());
            if (writtenName != name) throw new InvalidDataException($"snapshot of minute factors names option '{writtenName}', expected '{name}'");
            if (writtenValue != value)
            {
                throw new InvalidDataException(
                    $"snapshot of minute factors was taken with {name} = {writtenValue}, configured is {value}; restore the option or start afresh");
            }
        }
        var next = reader.ReadInt64();
        if (next is < -1 or > OpenTimeMsMax + MinuteMs || (next >= 0 && next % MinuteMs != 0))
            throw new InvalidDataException($"snapshot of minute factors is damaged: its next minute is {next}");
        factors.NextOpenTimeMs = next < 0 ? null : next;
        factors.FilledCount = reader.ReadInt64();
        factors.RestartCount = reader.ReadInt64();
        factors._funding.Restore(ref reader);
        factors._windows.Restore(ref reader);
        if (factors._windows.Close.HasValue != factors.NextOpenTimeMs.HasValue)
            throw new InvalidDataException("snapshot of minute factors is damaged: its next minute and its last close contradict");
        return factors;
    }

    private MinuteFactorRow Take(in Kline candle, bool isFilled)
    {
        NextOpenTimeMs = candle.OpenTimeMs + MinuteMs;
        return _windows.Add(candle, isFilled, _funding.At(candle.OpenTimeMs));
    }
}
