using Granary.Engine.Bars;
using Granary.Engine.Factors;
using Granary.Engine.Market;
using Granary.Engine.Snapshots;

namespace Granary.Engine.Features;

/// <summary>
/// One symbol's path from trades to bars with features: <see cref="TradeCleaner"/>, <see cref="VolumeBarBuilder"/> with the threshold of the day, features;
/// beside them, where the options ask for them, tick and time bars and the factors of every minute. Trades come in the order of their ids. Allocation-free,
/// volume bars included: the records of a closed bar are made when <see cref="LastBar"/> is read. A snapshot at any trade continues bit for bit. Memory is
/// bounded by the options' windows. Not safe for concurrent use.
/// </summary>
public sealed class SymbolPipeline
{
    private readonly PipelineOptions _options;
    private readonly TradeStatistics _trades;
    private readonly BarHistory _history;
    private readonly int[] _zWindows;
    private readonly bool _hasParts;
    private TradeCleaner _cleaner = new();
    private VolumeBarBuilder _bars;
    private BarDigest _digest = new();
    private VolumeCalibration? _calibration;
    private BarTracks? _tracks;
    private MinuteFactors? _minutes;
    private FeatureRow _closed;
    private FeatureBar? _lastBar;

    /// <summary>A pipeline before its first trade.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public SymbolPipeline(PipelineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _bars = new VolumeBarBuilder(options.VolumeThreshold);
        _trades = new TradeStatistics(options);
        _history = new BarHistory(options);
        _zWindows = [.. options.ZWindows];
        if (options.Calibration is { } calibration) _calibration = new VolumeCalibration(calibration.Days, calibration.BarsPerDay, calibration.Step);
        if (options.Tracks is { } tracks) _tracks = new BarTracks(tracks);
        if (options.Factors is { } factors) _minutes = new MinuteFactors(factors);
        _hasParts = _calibration is not null || _tracks is not null;
    }

    /// <summary>The options it was made with.</summary>
    public PipelineOptions Options => _options;

    /// <summary>
    /// Volume that closes a bar, base units; at first that of the options. The value in force at a bar's first trade applies to the whole bar
    /// (formulas §1.7), so a new value waits for the next bar. Part of the snapshot.
    /// </summary>
    /// <exception cref="ArgumentException">The threshold is not above 0 and at most 46,116,860,184, or has more than eight decimals.</exception>
    public decimal VolumeThreshold
    {
        get => _bars.Threshold;
        set => _bars.Threshold = value;
    }

    /// <summary>The bar that was closed last; null before the first. Made when it is read first, and kept until the next bar closes.</summary>
    /// <exception cref="OverflowException">The quote volume of the bar has more digits than a decimal holds (above 7.9 trillion).</exception>
    public FeatureBar? LastBar => _lastBar ??= _closed.Bar.TradeCount == 0 ? null : _closed.ToFeatureBar(_options.Q90Level, ZScores.FromRows(_zWindows, _history.Scores));

    /// <summary>The tick and time bars; null when the options ask for none.</summary>
    public BarTracks? Tracks => _tracks;

    /// <summary>The factors of the last closed minute; null before the first, or when the options ask for none.</summary>
    public MinuteFactorRow? LastMinute { get; private set; }

    /// <summary>
    /// The completed UTC days that the calibration would like to be told of (<see cref="SetDay"/>): the starts of the first and the last. Null when it knows
    /// all it needs, or when the options ask for no calibration. Days that its own trades will complete are not among them.
    /// </summary>
    /// <param name="nowMs">The venue's time, milliseconds since the Unix epoch, UTC; only used before the first trade.</param>
    public (long FirstMs, long LastMs)? WantedDays(long nowMs)
    {
        if (_calibration is not { Threshold: null } calibration) return null;
        var running = calibration.DayStartMs ?? (nowMs - (nowMs % VolumeCalibration.DayMs));
        return (running - (calibration.DayCount * VolumeCalibration.DayMs), running - VolumeCalibration.DayMs);
    }

    /// <summary>What became of the trade that was offered last.</summary>
    public TradeReject LastVerdict { get; private set; }

    /// <summary>The id expected next: the last one taken in, accepted or rejected for its contents, plus 1; 0 before the first trade.</summary>
    public long NextId => _cleaner.NextId;

    /// <summary>Trades offered, duplicates not counted: accepted ones and those rejected for their contents.</summary>
    public long TradeCount => _cleaner.TradeCount;

    /// <summary>Trades that entered a bar.</summary>
    public long AcceptedCount => _cleaner.AcceptedCount;

    /// <summary>Ids that were skipped over since the first trade.</summary>
    public long MissingCount => _cleaner.MissingCount;

    /// <summary>Bars closed.</summary>
    public long BarCount => _bars.BarCount;

    /// <summary>Time of the last accepted trade, milliseconds since the Unix epoch, UTC; 0 before it.</summary>
    public long LastTradeTimeMs => _cleaner.LastTimeMs;

    /// <summary>Price of the last accepted trade, quote units; 0 before it.</summary>
    public decimal LastPrice => Fixed8.ToDecimal(_cleaner.LastPriceE8);

    /// <summary>The running bar as it stands; null before its first trade.</summary>
    public OpenVolumeBar? Running => _bars.Running;

    /// <summary>Volume of the running bar, base units.</summary>
    public decimal OpenVolume => _bars.OpenVolume;

    /// <summary>Quote volume of the running bar, quote units.</summary>
    public decimal OpenQuoteVolume => _bars.OpenQuoteVolume;

    /// <summary>Trades in the running bar.</summary>
    public int OpenTradeCount => _bars.OpenTradeCount;

    /// <summary>
    /// Fingerprint of the base columns of all bars closed so far, 64 hex digits (<see cref="Bars.BarDigest"/>): equal for two runs over the same trades.
    /// </summary>
    public string BarDigest => _digest.Hex;

    /// <summary>Trades rejected for a reason.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The reason is <see cref="TradeReject.None"/> or unknown.</exception>
    public long RejectCount(TradeReject reason) => _cleaner.RejectCount(reason);

    /// <summary>
    /// Takes the next trade. A trade whose id leaves a hole is taken all the same, and marks its bar as incomplete: fill holes before.
    /// </summary>
    /// <returns>True when it closed a bar, which then is <see cref="LastBar"/>.</returns>
    public bool Add(in AggTrade trade)
    {
        if (!_cleaner.TryAdd(trade)) return AddUnusual(trade);
        LastVerdict = TradeReject.None;
        if (_hasParts) AddToParts(trade);
        return _bars.Append(trade) && TakeChunk(trade);
    }

    /// <summary>Takes trades as <see cref="Add(in AggTrade)"/> does, the same to the bit.</summary>
    /// <param name="trades">By rising id.</param>
    /// <param name="onBar">
    /// Called after each closed bar, which then is <see cref="LastBar"/>; the counts of trades are settled only when the method returns, as cleaning runs
    /// ahead of the bars.
    /// </param>
    public void Add(ReadOnlySpan<AggTrade> trades, Action onBar)
    {
        ArgumentNullException.ThrowIfNull(onBar);
        while (!trades.IsEmpty)
        {
            if (_hasParts)
            {
                // The threshold may change between two trades.
                if (Add(trades[0])) onBar();
                trades = trades[1..];
                continue;
            }
            var clean = trades[.._cleaner.AddRun(trades[..Math.Min(trades.Length, TradeChunk.Max)])];
            if (clean.IsEmpty)
            {
                if (Add(trades[0])) onBar();
                trades = trades[1..];
                continue;
            }
            trades = trades[clean.Length..];
            LastVerdict = TradeReject.None;
            while (!clean.IsEmpty)
            {
                var taken = _bars.AppendUntilReady(clean, out var ready);
                if (ready && TakeChunk(clean[taken - 1])) onBar();
                clean = clean[taken..];
            }
        }
    }

    /// <summary>
    /// Marks the running bars, or the next ones where none runs, as incomplete (<see cref="Bar.IsComplete"/>): trades after the last one were lost for good.
    /// </summary>
    public void MarkGap()
    {
        _bars.MarkGap();
        _tracks?.MarkGap();
        _calibration?.MarkGap();
    }

    /// <summary>Closes the time bars whose end has passed, though no trade has come since.</summary>
    /// <param name="nowMs">The venue's time, milliseconds since the Unix epoch, UTC.</param>
    public void Advance(long nowMs)
    {
        if (_tracks is not null && _tracks.Advance(nowMs)) TakeClosedBars(_tracks);
    }

    /// <summary>
    /// Tells the volume of a completed UTC day, as its daily candle has it; without effect when the options ask for no calibration. A day that changes the
    /// threshold of the running day changes that of the bars to come.
    /// </summary>
    /// <param name="dayStartMs">Start of the day, milliseconds since the Unix epoch, UTC.</param>
    /// <param name="volume">Base units, 0 or more, at most eight decimals.</param>
    /// <exception cref="ArgumentException">The start is not that of a day, or the volume is outside its range.</exception>
    public void SetDay(long dayStartMs, decimal volume)
    {
        if (_calibration is null) return;
        _calibration.SetDay(dayStartMs, volume);
        SetThreshold();
    }

    /// <summary>Takes a funding settlement for the factors; without effect when the options ask for none.</summary>
    public void AddFunding(in FundingRate funding) => _minutes?.Add(funding);

    /// <summary>Writes the state and the options it depends on; about 150 KB with the default windows.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Section(nameof(SymbolPipeline), 3);
        foreach (var (name, value) in _options.Describe())
        {
            writer.Write(name);
            writer.Write(value);
        }
        writer.Write((int)LastVerdict);
        _cleaner.Write(writer);
        _bars.Write(writer);
        _trades.Write(writer);
        _history.Write(writer);
        _digest.Write(writer);
        writer.Write(LastBar is not null);
        LastBar?.Write(writer);
        _calibration?.Write(writer);
        _tracks?.Write(writer);
        _minutes?.Write(writer);
        if (_minutes is null) return;
        writer.Write(LastMinute is not null);
        LastMinute?.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The snapshot.</param>
    /// <param name="options">The options of the pipeline to be; the snapshot must have been taken with the same.</param>
    /// <exception cref="InvalidDataException">
    /// The snapshot was taken with other options (the message names the first that differs), is damaged, or not of a pipeline.
    /// </exception>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public static SymbolPipeline Read(ref SnapshotReader reader, PipelineOptions options)
    {
        var pipeline = new SymbolPipeline(options);
        reader.Section(nameof(SymbolPipeline), 3, 3);
        foreach (var (name, value) in options.Describe())
        {
            var (writtenName, writtenValue) = (reader.ReadString(), reader.ReadString());
            if (writtenName != name) throw new InvalidDataException($"snapshot of a pipeline names option '{writtenName}', expected '{name}'");
            if (writtenValue != value)
            {
                throw new InvalidDataException(
                    $"snapshot of a pipeline was taken with {name} = {writtenValue}, configured is {value}; restore the option or start afresh");
            }
        }
        pipeline.LastVerdict = (TradeReject)reader.ReadInt32();
        pipeline._cleaner = TradeCleaner.Read(ref reader);
        pipeline._bars = VolumeBarBuilder.Read(ref reader);
        pipeline._trades.Restore(ref reader);
        pipeline._history.Restore(ref reader);
        pipeline._digest = Bars.BarDigest.Read(ref reader);
        if (reader.ReadBoolean()) pipeline._lastBar = FeatureBar.Read(ref reader);
        if (pipeline._calibration is not null) pipeline._calibration = VolumeCalibration.Read(ref reader);
        if (options.Tracks is not null) pipeline._tracks = BarTracks.Read(options.Tracks, ref reader);
        if (options.Factors is not null) pipeline.ReadMinutes(ref reader, options.Factors);
        return pipeline;
    }

    /// <summary>The bar closed last as it was computed; its trade count is 0 before the first bar and after a restore.</summary>
    internal ref readonly FeatureRow Closed => ref _closed;

    /// <summary>The z-scores of the bar closed last: for each window a row.</summary>
    internal ReadOnlySpan<double> Scores => _history.Scores;

    private void ReadMinutes(ref SnapshotReader reader, MinuteFactorOptions options)
    {
        _minutes = MinuteFactors.Read(ref reader, options);
        if (reader.ReadBoolean()) LastMinute = MinuteFactorRow.Read(ref reader);
    }

    private void SetThreshold()
    {
        if (_calibration!.Threshold is { } threshold) _bars.Threshold = threshold;
    }

    /// <summary>Empties the tracks' closed bars into what they keep; a closed minute has its factors computed.</summary>
    private void TakeClosedBars(BarTracks tracks)
    {
        tracks.TryTakeTickBar(out _);
        while (tracks.TryTakeTimeBar(out var bar))
        {
            if (_minutes is not null && bar.StepMs == MinuteFactors.MinuteMs) LastMinute = _minutes.Add(bar.ToKline());
        }
    }

    /// <summary>The calibration comes before the bars: a bar that begins with this trade has the threshold of its day.</summary>
    private void AddToParts(in AggTrade trade)
    {
        if (_calibration is not null && _calibration.Add(trade)) SetThreshold();
        if (_tracks is not null && _tracks.Add(trade)) TakeClosedBars(_tracks);
    }

    private bool AddUnusual(in AggTrade trade)
    {
        var expected = _cleaner.NextId;
        LastVerdict = _cleaner.AddUnusual(trade);
        if (trade.Id > expected && expected != 0) MarkGap();
        if (LastVerdict != TradeReject.None) return false;
        if (_hasParts) AddToParts(trade);
        return _bars.Append(trade) && TakeChunk(trade);
    }

    private bool TakeChunk(in AggTrade last)
    {
        _trades.Take(_bars.Chunk);
        if (!_bars.TakeChunk(last)) return false;
        ref readonly var bar = ref _bars.Closed;
        _history.Add(bar, _trades, ref _closed);
        _trades.BeginBar();
        _digest.Append(bar);
        _lastBar = null;
        return true;
    }
}
